"""Redirects other spellings of a URL to the page they mean, in one redirect.

`/tags/Python/`, `/tags/c++/`, `/Speakers/Ada%20Lovelace`, decomposed letters, and each of them for
an old slug or a synonym. Runs only on 404s: a URL in its normal spelling costs nothing more, and
one that means nothing stays a 404.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import ResolverMatch, resolve, reverse

from conferences.models import Conference, Series
from foundation.pages.public_page import with_query
from foundation.text.slugs import address_of
from recaps.models import Recap
from speakers.models import Speaker
from talks.addresses import talk_that_was_at
from talks.models import Tag
from talks.views.tags import pair_address

# Nothing of ours is deeper or longer; whoever sends more wants to keep us busy.
_DEEPEST, _LONGEST = 4, 500
_MOST_PAIRS = 3
_FILE = re.compile(r"[a-z]+\.(?:atom|ics)")
# 'c+++python' is C++ and Python.
_LAST_PLUS = re.compile(r"\+(?!\+)")
# Where the rows are looked up that readers may know of, by the name of the address's part.
_ROWS: dict[str, Callable[[], Any]] = {
    "conference_slug": Conference.objects.all,
    "series_slug": Series.objects.all,
    "speaker_slug": Speaker.objects.all,
    "tag_slug": Tag.objects.known_to_readers,
    "first_slug": Tag.objects.known_to_readers,
    "second_slug": Tag.objects.known_to_readers,
    "recap_slug": Recap.objects.published,
    "author_slug": lambda: Recap.objects.published().authors(),
}


class OtherSpellingMiddleware:
    """On a 404, look for the page that the URL may mean."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = address_meant_by(request.path_info)
        if address is None:
            return response
        return with_query(HttpResponsePermanentRedirect(address), request)


def address_meant_by(path: str) -> str | None:
    """Return the URL of the public page that a path means, None if it means no other one.

    A pair of tags takes four queries, a talk three, other pages two; most paths none.
    """
    for spelled in _as_we_spell(path):
        match = _public_page(spelled) if spelled != path else None
        address = _address_now(match, path) if match else None
        if address is not None and unquote(address) != path:
            return address
    return None


def _as_we_spell(path: str) -> Iterator[str]:
    """Yield the path with its segments as slugs; a pair of tags is tried before one tag."""
    parts = [part for part in path.split("/") if part]
    if len(path) > _LONGEST or len(parts) > _DEEPEST:
        return
    file = parts.pop().lower() if parts and _FILE.fullmatch(path.rpartition("/")[2].lower()) else ""
    slugs = [address_of(part) for part in parts]
    if len(parts) == 2 and not file:
        for first, second in _pairs(parts[1]):
            yield f"/{slugs[0]}/{first}+{second}/"
    if all(slugs):
        yield "".join(f"/{slug}" for slug in slugs) + f"/{file}"


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    cuts = [found.start() for found in _LAST_PLUS.finditer(text)]
    for cut in reversed(cuts[:_MOST_PAIRS]):
        first, second = address_of(text[:cut]), address_of(text[cut + 1 :])
        if first and second:
            yield first, second


def _is_page(path: str) -> bool:
    return any(_public_page(each) for each in (path, f"{path}/"))


def _public_page(path: str) -> ResolverMatch | None:
    try:
        match = resolve(path)
    except Http404:
        return None
    return match if hasattr(match.func, "page_parameters") else None


def _address_now(match: ResolverMatch, path: str) -> str | None:
    """Return the present URL of the page whose rows the path's slugs mean.

    If none of them names a row, the path may only differ in capitals: '+2017' is no year.
    """
    if not any(name.endswith("_slug") for name in match.kwargs) and not _is_page(path.lower()):
        return None
    now = _talk_now(match.kwargs) if "talk_slug" in match.kwargs else _rows_now(match.kwargs)
    if now is None:
        return None
    if match.view_name == "tag-pair":
        return pair_address(now.values())
    return reverse(match.view_name, kwargs={name: _part(value) for name, value in now.items()})


def _rows_now(parts: dict[str, Any]) -> dict[str, Any] | None:
    """Replace each argument that names a row by the row; None if one names no row."""
    now = {name: _row(name, part) if name in _ROWS else part for name, part in parts.items()}
    return None if None in now.values() else now


def _row(name: str, slug: str) -> Any:
    rows = _ROWS[name]()
    return rows.filter(slug=slug).first() or rows.at_old_address(slug).first()


def _talk_now(parts: dict[str, str]) -> dict[str, Any] | None:
    talk = talk_that_was_at(parts["conference_slug"], parts["talk_slug"])
    return {"conference_slug": talk.conference, "talk_slug": talk} if talk else None


def _part(value: Any) -> Any:
    return getattr(value, "slug", value)
