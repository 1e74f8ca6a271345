"""Recaps by the month they were published."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.pages.heat import shaded
from foundation.pages.months import Month
from foundation.pages.paging import page_of
from foundation.pages.public_page import CURSOR, public_page
from recaps import archive as recap_archive

NEWEST_FIRST = ("-published_at", "-id")


@public_page()
def archive(request: HttpRequest) -> HttpResponse:
    """Show all years and months with the number of recaps, as a picture that is a table."""
    return render(request, "recaps/archive.html", {"years": shaded(recap_archive.recap_years())})


@public_page(*CURSOR)
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show one year's months and recaps."""
    counts = recap_archive.recap_year(year)
    if counts is None:
        raise Http404(_("No recap was published in %(year)d.") % {"year": year})
    recaps = recap_archive.recaps_of_year(year).for_cards()
    context = {
        "counts": counts,
        "page": page_of(recaps, request, order=NEWEST_FIRST),
        "before": recap_archive.recap_month_before(dt.date(year, 1, 1)),
        "after": recap_archive.recap_month_from(dt.date(year + 1, 1, 1)),
    }
    return render(request, "recaps/archive_year.html", context)


@public_page(*CURSOR)
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show one month's recaps, with the way to the months before and after that have some."""
    shown = Month(year, month)
    recaps = recap_archive.recaps_of_month(shown)
    number = recaps.count()
    if not number:
        name = date_format(shown.first_day, "YEAR_MONTH_FORMAT")
        raise Http404(_("No recap was published in %(month)s.") % {"month": name})
    context = {
        "month": shown,
        "number": number,
        "page": page_of(recaps.for_cards(), request, order=NEWEST_FIRST),
        "before": recap_archive.recap_month_before(shown.first_day),
        "after": recap_archive.recap_month_from(shown.following.first_day),
    }
    return render(request, "recaps/archive_month.html", context)
