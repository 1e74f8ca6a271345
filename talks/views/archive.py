"""Talks by the month they were given."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.pages.heat import shaded
from foundation.pages.months import Month
from foundation.pages.paging import page_of
from foundation.pages.public_page import CURSOR, public_page
from talks import archive

# The archive holds dated talks alone, and the index of days serves any page of it.
NEWEST_FIRST = ("-given_on", "-id")


@public_page()
def talk_archive(request: HttpRequest) -> HttpResponse:
    """Show all years and months with the number of talks, as a picture that is a table."""
    return render(request, "talks/talk_archive.html", {"years": shaded(archive.talk_years())})


@public_page(*CURSOR)
def talk_archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show one year's months and talks."""
    counts = archive.talk_year(year)
    if counts is None:
        raise Http404(_("No talk was given in %(year)d.") % {"year": year})
    talks = archive.talks_of_year(year).for_cards().with_recap_counts()
    context = {
        "counts": counts,
        "page": page_of(talks, request, order=NEWEST_FIRST),
        "before": archive.talk_month_before(dt.date(year, 1, 1)),
        "after": archive.talk_month_from(dt.date(year + 1, 1, 1)),
    }
    return render(request, "talks/talk_archive_year.html", context)


@public_page(*CURSOR)
def talk_archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show one month's talks, with the way to the months before and after that have some."""
    shown = Month(year, month)
    talks = archive.talks_of_month(shown)
    number = talks.count()
    if not number:
        name = date_format(shown.first_day, "YEAR_MONTH_FORMAT")
        raise Http404(_("No talk was given in %(month)s.") % {"month": name})
    context = {
        "month": shown,
        "number": number,
        "page": page_of(talks.for_cards().with_recap_counts(), request, order=NEWEST_FIRST),
        "before": archive.talk_month_before(shown.first_day),
        "after": archive.talk_month_from(shown.following.first_day),
    }
    return render(request, "talks/talk_archive_month.html", context)
