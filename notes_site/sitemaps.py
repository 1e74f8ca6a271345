"""The sitemap: all public URLs in one file, or an index with one file per section.

The URLs come from SITE_URL, never from the request. All sections are read in one query.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.db.models import Count, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Conference, Series
from foundation.pages.archive import Archive
from foundation.pages.public_page import public_page
from foundation.pages.whole_address import whole_address
from recaps.archive import RECAPS
from recaps.models import Recap
from speakers.models import Speaker
from talks.archive import TALKS
from talks.models import Tag, Talk

# More than this many addresses no sitemap file may hold (sitemaps.org).
MOST_ADDRESSES = 50_000
_NUMBER = re.compile("[1-9][0-9]{0,5}")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The section of the lists and of the archive, which no row stands for.
_PAGES = "pages"
# The page of a section's rows, by the name of its address; below a conference's are its talks.
_PAGE_OF = {
    "conferences": "conference",
    "series": "series",
    "talks": "conference",
    "speakers": "speaker",
    "tags": "tag",
    "recaps": "recap",
    "authors": "author",
}
# Section, slug, slug of the conference around it, moment of the last change: of one address.
Row = tuple[str, str, str, dt.datetime | None]
Address = tuple[str, dt.datetime | None]


@public_page()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List all URLs or, if there are too many for one file, the files of the sections."""
    pages = _pages()
    room = MOST_ADDRESSES - len(pages)
    first, *others = _sections().values()
    rows = list(first.union(*others, all=True)[: max(room, 0) + 1])
    if len(rows) <= room:
        return _xml(_urlset([*pages, *_addresses(rows)]))
    return _xml(_index(_file_counts()))


@public_page("p")
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the URLs of one section; `?p=2` is its second file."""
    number = _number(request.GET.get("p", "1"))
    if section == _PAGES and number == 1:
        return _xml(_urlset(_pages()))
    rows = _sections().get(section)
    start = (number - 1) * MOST_ADDRESSES
    found = list(rows.order_by("pk")[start : start + MOST_ADDRESSES]) if rows is not None else []
    if not found:
        raise Http404(_("There is no such part of the sitemap."))
    return _xml(_urlset(_addresses(found)))


def _sections() -> dict[str, QuerySet]:
    """Return the rows of each section, with the columns of `Row`."""
    published = Recap.objects.published()
    return {
        "conferences": _rows("conferences", Conference.objects.sound()),
        "series": _rows("series", Series.objects.all()),
        "talks": _rows("talks", Talk.objects.sound(), around=F("conference__slug")),
        "speakers": _rows("speakers", Speaker.objects.all()),
        "tags": _rows("tags", Tag.objects.known_to_readers()),
        "recaps": _rows("recaps", published.sound(), changed=F("updated_at")),
        "authors": _rows("authors", published.authors()),
    }


def _rows(
    section: str, rows: QuerySet, *, around: F | Value | None = None, changed: F | None = None
) -> QuerySet:
    never = Cast(Value(None), DateTimeField())
    return (
        rows.order_by()
        .annotate(section=Value(section), around=around or Value(""), changed=changed or never)
        .values_list("section", "slug", "around", "changed")
    )


def _addresses(rows: Iterable[Row]) -> Iterator[Address]:
    """Yield the URLs of the rows. Only their common prefix is reversed, once per section."""
    prefixes = {
        section: reverse(name, args=["x"]).removesuffix("x/") for section, name in _PAGE_OF.items()
    }
    for section, slug, around, changed in rows:
        outer = f"{around}/" if around else ""
        yield f"{prefixes[section]}{outer}{slug}/", changed


def _pages() -> list[Address]:
    """Return the URLs of the list pages and of the archives' years and months. Two queries."""
    lists = ["home", "about", "conferences", "series-index", "speakers", "tags", "authors"]
    lists += ["archive", "talk-archive"]
    paths = [*map(reverse, lists), *_archive_paths(RECAPS), *_archive_paths(TALKS)]
    return [(path, None) for path in paths]


def _archive_paths(archive: Archive) -> Iterator[str]:
    for year in archive.years():
        yield reverse(archive.year_url, args=[year.year])
        for count in year.filled_months:
            yield reverse(archive.month_url, args=[year.year, count.month.month])


def _file_counts() -> dict[str, int]:
    """Return the number of files of each section. One query."""
    counts = [
        rows.values("section").annotate(number=Count("pk")).values_list("section", "number")
        for rows in _sections().values()
    ]
    first, *others = counts
    numbers = dict(first.union(*others, all=True))
    filled = {name: -(-numbers[name] // MOST_ADDRESSES) for name in _PAGE_OF if name in numbers}
    return {_PAGES: 1, **filled}


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Http404(_("There is no such part of the sitemap."))
    return int(text)


def _urlset(addresses: Iterable[Address]) -> str:
    entries = []
    for path, changed in addresses:
        lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        entries.append(f"<url><loc>{escape(whole_address(path))}</loc>{lastmod}</url>\n")
    return f'<urlset xmlns="{_NAMESPACE}">\n{"".join(entries)}</urlset>\n'


def _index(file_counts: dict[str, int]) -> str:
    files = []
    for section, count in file_counts.items():
        path = reverse("sitemap-section", args=[section])
        files.append(whole_address(path))
        files.extend(f"{whole_address(path)}?p={number}" for number in range(2, count + 1))
    entries = "".join(f"<sitemap><loc>{file}</loc></sitemap>\n" for file in files)
    return f'<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n'


def _xml(content: str) -> HttpResponse:
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'
    return HttpResponse(document, content_type="application/xml; charset=utf-8")
