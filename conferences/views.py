"""Pages of conferences and series."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from conferences.editions import side_by_side
from conferences.models import Conference, Series
from conferences.places import country_names
from conferences.structured import conference_event
from foundation.pages.moved import moved_or_missing
from foundation.pages.neighbours import neighbours
from foundation.pages.paging import page_of
from foundation.pages.public_page import CURSOR, public_page
from foundation.text.slugs import is_slug
from recaps.long_recap import first_that_fit, load_texts, long_recap_of
from recaps.models import Recap
from talks.calendars import has_calendar
from talks.overview import topics_of
from talks.programme import Programme, programme_of

# Bytes of recaps' HTML on a conference's page: about four hours of reading.
MOST_TEXT = 400_000


@public_page("country", "series", *CURSOR)
def conferences(request: HttpRequest) -> HttpResponse:
    """List conferences by year, newest first; filtered by country and series."""
    country, series_slug = _wanted(request.GET)
    rows = Conference.objects.held_in(country=country, series_slug=series_slug)
    context = {
        "page": page_of(rows.with_series().for_lists(), request, order=("-sort_date", "-id")),
        "country": country,
        "series_slug": series_slug,
        "countries": country_names(Conference.objects.countries()),
        "series": Series.objects.held(),
    }
    return render(request, "conferences/conferences.html", context)


@public_page("tag", "room")
def conference(request: HttpRequest, conference_slug: str) -> HttpResponse:
    """Show one edition: its facts, its recaps as one long text, and its programme."""
    found = Conference.objects.with_series().filter(slug=conference_slug).first()
    if found is None:
        old = Conference.objects.at_old_address(conference_slug)
        return moved_or_missing(old, _("There is no conference at this address."))
    editions = list(found.series.editions.oldest_first()) if found.series else []
    before, after = neighbours(editions, found)
    programme = programme_of(found, found.talks.for_programme().with_tags())
    tag_slug, room = _narrowing(request.GET, programme)
    published = Recap.objects.published()
    long_recap = long_recap_of(found, programme, published)
    context = {
        "conference": found,
        "programme": programme,
        "shown": programme.narrowed(tag_slug=tag_slug, room=room),
        "tag_slug": tag_slug,
        "room": room,
        "long_recap": long_recap,
        "whole": load_texts(first_that_fit(long_recap.recaps, weight=MOST_TEXT), published),
        "has_calendar": has_calendar(found, programme),
        "structured": [conference_event(found)],
        "mentions": published.latest_mentioning(found),
        "before": before,
        "after": after,
    }
    return render(request, "conferences/conference.html", context)


@public_page()
def series(request: HttpRequest, series_slug: str) -> HttpResponse:
    """Compare the editions of a conference, newest first."""
    found = Series.objects.filter(slug=series_slug).first()
    if found is None:
        old = Series.objects.at_old_address(series_slug)
        return moved_or_missing(old, _("There is no series at this address."))
    editions = list(found.editions.for_lists().with_coverage().newest_first())
    rows = side_by_side(editions, topics_of(editions))
    return render(request, "conferences/series.html", {"series": found, "editions": rows})


@public_page()
def series_index(request: HttpRequest) -> HttpResponse:
    """List all series by title, each with its editions and years."""
    series = Series.objects.held_with_years()
    return render(request, "conferences/series_index.html", {"series": series})


def _narrowing(query: QueryDict, programme: Programme) -> tuple[str, str]:
    """Return the tag slug and the room that filter the programme; '' for all.

    Raises Http404 for a value that no talk has.
    """
    tag_slug, room = query.get("tag", ""), query.get("room", "")
    if tag_slug and tag_slug not in {tag.slug for tag in programme.tags}:
        raise Http404(_("No talk of this conference has the tag that is asked for."))
    if room and room not in programme.rooms:
        raise Http404(_("No talk of this conference is in the room that is asked for."))
    return tag_slug, room


def _wanted(query: QueryDict) -> tuple[str, str]:
    """Return the country code and the series slug of the filters; '' for an invalid value."""
    country, series_slug = query.get("country", "").upper(), query.get("series", "")
    return country if len(country) == 2 else "", series_slug if is_slug(series_slug) else ""
