"""Archives: rows by month, on pages of all years, of one year and of one month.

An app describes in an `Archive` what it archives and what the pages say; its URL patterns pass that
to the views. All counts come from one grouped query, which a partial index of the column answers.
"""

import datetime as dt
from abc import ABC, abstractmethod
from typing import Any

from django.db.models import Count, DateField, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.formats import date_format

from foundation.pages.charts import shaded
from foundation.pages.months import Month, MonthCount, YearCounts, years_of
from foundation.pages.paging import page_of
from foundation.pages.public_page import CURSOR, public_page


class Archive(ABC):
    """What is archived, and by which column.

    Its texts are translated; `%(when)s` in them is a year or a month. `unit` is the noun after a
    number: "talk", "talks".
    """

    kind: str
    url_name: str
    column: str
    list_template: str
    name: Any
    title: Any
    description: Any
    lede: Any
    empty: Any
    hint: Any
    unit: Any
    title_of: Any
    description_of_month: Any
    description_of_year: Any
    missing: Any

    @abstractmethod
    def rows(self) -> QuerySet[Any]:
        """Return all rows of the archive."""

    @abstractmethod
    def cards(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load what the cards of the rows show."""

    def edge(self, day: dt.date) -> dt.date:
        """Return the column's value at the beginning of a day."""
        return day

    @property
    def year_url(self) -> str:
        return f"{self.url_name}-year"

    @property
    def month_url(self) -> str:
        return f"{self.url_name}-month"

    def between(self, first: dt.date, end: dt.date) -> QuerySet[Any]:
        """Return the rows from the first day up to, but without, the end."""
        bounds = {f"{self.column}__gte": self.edge(first), f"{self.column}__lt": self.edge(end)}
        return self.rows().filter(**bounds)

    def years(self) -> list[YearCounts]:
        """Return the years with rows, newest first. One query."""
        return self._counted(self.rows())

    def year(self, year: int) -> YearCounts | None:
        """Return one year's months with their counts; None for a year without rows. One query."""
        return next(iter(self._counted(self.between(*_year(year)))), None)

    def month_before(self, day: dt.date) -> Month | None:
        """Return the last month with rows before the day. One query."""
        before = self.rows().filter(**{f"{self.column}__lt": self.edge(day)})
        return self._month_of_first(before.order_by(f"-{self.column}", "-id"))

    def month_from(self, day: dt.date) -> Month | None:
        """Return the first month with rows on the day or later. One query."""
        later = self.rows().filter(**{f"{self.column}__gte": self.edge(day)})
        return self._month_of_first(later.order_by(self.column, "id"))

    def _month_of_first(self, rows: QuerySet[Any]) -> Month | None:
        found = rows.values_list(self._month(), flat=True).first()
        return Month.of(found) if found else None

    def _counted(self, rows: QuerySet[Any]) -> list[YearCounts]:
        counts = rows.order_by().values_list(self._month()).annotate(count=Count("pk"))
        return years_of(MonthCount(Month.of(first_day), count) for first_day, count in counts)

    def _month(self) -> TruncMonth:
        return TruncMonth(self.column, output_field=DateField())


def archive_urls(address: str, archive: Archive) -> list[URLPattern]:
    """Return the URL patterns of an archive's pages."""
    given = {"archive": archive}
    return [
        path(address, all_years, given, name=archive.url_name),
        path(f"{address}<yyyy:year>/", one_year, given, name=archive.year_url),
        path(f"{address}<yyyy:year>/<mm:month>/", one_month, given, name=archive.month_url),
    ]


@public_page()
def all_years(request: HttpRequest, archive: Archive) -> HttpResponse:
    """Show all years and months with their counts, as a heat map that is a table."""
    context = {"archive": archive, "years": shaded(archive.years())}
    return render(request, "archive/all_years.html", context)


@public_page(*CURSOR)
def one_year(request: HttpRequest, archive: Archive, year: int) -> HttpResponse:
    """Show one year's months and rows."""
    counts = archive.year(year)
    if counts is None:
        raise Http404(archive.missing % {"when": year})
    days = _year(year)
    about = {"counts": counts, "description": archive.description_of_year % {"when": year}}
    shown = _list(request, archive, days, when=str(year), number=counts.count)
    return render(request, "archive/one_year.html", about | shown)


@public_page(*CURSOR)
def one_month(request: HttpRequest, archive: Archive, year: int, month: int) -> HttpResponse:
    """Show one month's rows, with links to the previous and next month with rows."""
    shown = Month(year, month)
    days = shown.first_day, shown.following.first_day
    when = date_format(shown.first_day, "YEAR_MONTH_FORMAT")
    number = archive.between(*days).count()
    if not number:
        raise Http404(archive.missing % {"when": when})
    about = {"month": shown, "description": archive.description_of_month % {"when": when}}
    listed = _list(request, archive, days, when=when, number=number)
    return render(request, "archive/one_month.html", about | listed)


def _list(
    request: HttpRequest, archive: Archive, days: tuple[dt.date, dt.date], *, when: str, number: int
) -> dict[str, Any]:
    """Return the context that the pages of a year and of a month share."""
    first, end = days
    cards = archive.cards(archive.between(first, end))
    return {
        "archive": archive,
        "when": when,
        "title": archive.title_of % {"when": when},
        "number": number,
        "unit": archive.unit % number,
        "page": page_of(cards, request, order=(f"-{archive.column}", "-id")),
        "before": archive.month_before(first),
        "after": archive.month_from(end),
    }


def _year(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
