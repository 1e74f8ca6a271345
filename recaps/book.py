"""The book of a conference: one HTML file with all its recaps, to read offline.

It is streamed, so that only some texts are in memory at once, however long it is. Its stylesheet is
inlined and allowed by its hash; the policy allows nothing else to be loaded except images within
the file. The file's head repeats the policy, for readers who open it from disk.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from csp.constants import NONE
from csp.utils import build_policy
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from conferences.models import Conference
from foundation.pages.json_ld import at_site
from foundation.pages.whole_address import whole_address
from foundation.text.image_names import CONTENT_TYPE, read_address
from foundation.text.standalone import ImageFinder, ImageRoom, absolute_links, inlined_images
from images.files import path_of
from recaps.long_recap import Chapter, LongRecap, load_texts
from recaps.models import RecapQuerySet
from talks.models import Talk
from talks.programme import Programme

STYLESHEETS = ("tokens", "base", "cards", "lists", "prose", "code", "chapters", "book")
# Bytes of images in one file: of each, and of all together.
LARGEST_IMAGE = 500_000
MOST_IMAGES = 12_000_000
# Texts in memory at once.
BATCH_SIZE = 20
# Where in the page's template the stylesheet and the chapters go. No text can hold them: its "<"
# is escaped.
_MARKS = ("<!-- stylesheet -->", "<!-- chapters -->")


@dataclass(frozen=True)
class Book:
    """A conference's book: its chapters and its style."""

    conference: Conference
    programme: Programme
    long_recap: LongRecap
    published: RecapQuerySet
    find_image: ImageFinder

    @property
    def inside(self) -> dict[str, str]:
        """The ids of the talks and recaps in the book, by absolute URL."""
        chapters = self.long_recap.chapters
        talks = {c.talk.get_absolute_url(): f"talk-{c.talk.slug}" for c in chapters if c.talk}
        recaps = {r.get_absolute_url(): f"recap-{r.slug}" for r in self.long_recap.recaps}
        return {whole_address(address): name for address, name in (talks | recaps).items()}

    @cached_property
    def talks_without(self) -> list[Talk]:
        """The talks without recaps, in the order of the programme."""
        covered = {chapter.talk for chapter in self.long_recap.chapters}
        talks = (talk for day in self.programme.days for talk in day.talks)
        return [talk for talk in talks if talk not in covered]

    @property
    def authors(self) -> list[Any]:
        """The authors, each once, in the order of their recaps."""
        return list(dict.fromkeys(recap.author for recap in self.long_recap.recaps))

    @property
    def last_change(self) -> Any:
        """When its last text changed."""
        return max(recap.updated_at for recap in self.long_recap.recaps)

    @cached_property
    def style(self) -> str:
        """Its stylesheet, with its running title."""
        paths = (str(finders.find(f"css/{name}.css")) for name in STYLESHEETS)
        running = f"@page {{ @top-center {{ content: {css_string(self.conference.title)}; }} }}"
        return "\n".join([*(Path(path).read_text() for path in paths), running])


def pieces_of(book: Book) -> Iterator[str]:
    """Yield the HTML of the book. One query for every 20 recaps.

    A recap that is unpublished while the book is being made is left out.
    """
    style = book.style
    context = {"book": book, "policy": _policy(style), **_site()}
    page = _standalone(render_to_string("recaps/book.html", context), book)
    head, _, rest = page.partition(_MARKS[0])
    front, _, back = rest.partition(_MARKS[1])
    yield f"{head}<style>{style}</style>{front}"
    yield from _chapters(book)
    yield back


def policy_of(book: Book) -> str:
    """Return the Content-Security-Policy of the book: nothing is loaded."""
    return f"{_policy(book.style)}; base-uri {NONE}; form-action {NONE}; frame-ancestors {NONE}"


def css_string(text: str) -> str:
    """Return the text as a CSS string; all special characters are escaped."""
    signs = (c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    return '"{}"'.format("".join(signs))


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allowed = {"default-src": [NONE], "style-src": [f"'sha256-{digest}'"], "img-src": ["data:"]}
    return str(build_policy(config=allowed))


def _chapters(book: Book) -> Iterator[str]:
    room, inside = ImageRoom(LARGEST_IMAGE, MOST_IMAGES), book.inside
    for batch in _batches(book.long_recap.chapters):
        recaps = [recap for chapter in batch for recap in chapter.recaps]
        whole = load_texts(recaps, book.published)
        for chapter in batch:
            public = [recap for recap in chapter.recaps if recap.pk in whole]
            html = _chapter_html(replace(chapter, recaps=public), book) if public else ""
            html = inlined_images(html, book.find_image, room)
            yield absolute_links(html, page=_address_of(chapter), inside=inside)
        for recap in recaps:
            recap.body_html = ""  # so that the next texts find room


def _chapter_html(chapter: Chapter, book: Book) -> str:
    context = {
        "chapter": chapter,
        "conference": book.conference,
        "whole": {recap.pk for recap in chapter.recaps},
        "base": settings.SITE_URL,
    }
    return render_to_string("recaps/_chapter.html", context)


def _batches(chapters: Iterable[Chapter]) -> Iterator[list[Chapter]]:
    batch: list[Chapter] = []
    for chapter in chapters:
        batch.append(chapter)
        if sum(len(one.recaps) for one in batch) >= BATCH_SIZE:
            yield batch
            batch = []
    yield batch


def _address_of(chapter: Chapter) -> str:
    """Return the URL of the page that the chapter's texts were written for."""
    return at_site(chapter.talk or chapter.recaps[0])


def _standalone(html: str, book: Book) -> str:
    address = at_site(book.conference)
    return absolute_links(html, page=address, inside={})


def _site() -> dict[str, str]:
    return {"site_name": settings.SITE_NAME}


def stored_image(address: str) -> tuple[str, bytes] | None:
    """Return content type and bytes of the image with this URL; None if it is no image
    of the site.
    """
    name = read_address(address)
    try:
        return (CONTENT_TYPE, path_of(name).read_bytes()) if name else None
    except OSError:
        return None
