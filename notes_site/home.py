"""The home page, the about page, robots.txt and the favicon."""

import datetime as dt
from calendar import isleap
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from conferences.models import Conference
from foundation.kept.enums import Counted
from foundation.kept.models import KeptCount
from foundation.pages.public_page import public_page, read_only
from foundation.pages.whole_address import whole_address
from recaps.models import Recap
from talks.models import Tag, Talk

RECAPS_SHOWN = 7  # one of them large
YEARS_AGO = 25
RECAPS_OF_THE_DAY = 3
TALKS_OF_THE_DAY = 4
# A text that is shorter does not fill the place of the large one.
LARGE_FROM = 400
CONFERENCES_SHOWN = 6
TAGS_SHOWN = 24
_FIGURES = (Counted.CONFERENCES, Counted.TALKS, Counted.SPEAKERS, Counted.RECAPS)


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Show new recaps, current conferences, and links into the library."""
    today = timezone.localdate()
    conferences = Conference.objects.for_lists()
    around = list(conferences.on_around(today)[:CONFERENCES_SHOWN])
    recaps = list(Recap.objects.published().newest_first().for_front()[:RECAPS_SHOWN])
    large = large_one(recaps)
    context = {
        "large": large,
        "recaps": [recap for recap in recaps if recap != large],
        "today": today,
        "conferences_now": [each for each in around if _has_begun(each, today)],
        "conferences_next": [each for each in around if not _has_begun(each, today)],
        "conferences": [] if around else conferences.newest_first()[:CONFERENCES_SHOWN],
        **on_this_day(today),
        "tags": Tag.objects.most_used()[:TAGS_SHOWN],
        "figures": library_figures(),
    }
    return render(request, "home.html", context)


@public_page()
def about(request: HttpRequest) -> HttpResponse:
    """Explain what the site is and how to use it."""
    return render(request, "about.html")


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave out, and the sitemap's URL.

    Search pages are allowed: a crawler has to read their noindex.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {whole_address(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the site's icon, for browsers that request /favicon.ico, as on admin pages."""
    return redirect(static("img/favicon.svg"))


def large_one(recaps: Sequence[Recap]) -> Recap | None:
    """Return the newest recap that is long enough to feature, else the newest; None if there is
    none.
    """
    rich = (recap for recap in recaps if len(recap.beginning) >= LARGE_FROM)  # type: ignore[attr-defined]  # -- for_front()
    return next(rich, recaps[0] if recaps else None)


def on_this_day(today: dt.date) -> dict[str, Any]:
    """Return recaps published and talks given on this day of earlier years. Two queries."""
    days = list(same_day_before(today, years=YEARS_AGO))
    recaps = Recap.objects.published_on(days).newest_first().with_subjects()
    talks = Talk.objects.with_names().most_written_about(days, TALKS_OF_THE_DAY)
    return {"recaps_of_the_day": recaps[:RECAPS_OF_THE_DAY], "talks_of_the_day": talks}


def same_day_before(day: dt.date, *, years: int) -> Iterator[dt.date]:
    """Yield the same day of so many earlier years; 29 February exists in few of them."""
    for year in range(day.year - 1, day.year - 1 - years, -1):
        if (day.month, day.day) != (2, 29) or isleap(year):
            yield day.replace(year=year)


def _has_begun(conference: Conference, day: dt.date) -> bool:
    return conference.starts_on is not None and conference.starts_on <= day


def library_figures() -> dict[str, int]:
    """Return the numbers of conferences, talks, speakers and published recaps. One query."""
    waiting = Recap.objects.scheduled().order_by().annotate(kind=Value(Counted.RECAPS.value))
    less = waiting.values("kind").annotate(total=-Count("pk")).values_list("kind", "total")
    figures = dict.fromkeys((kind.value for kind in _FIGURES), 0)
    for kind, number in KeptCount.objects.totals(*_FIGURES).union(less, all=True):
        figures[kind] += number
    return figures
