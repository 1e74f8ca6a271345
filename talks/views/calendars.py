"""iCalendar files of conferences and talks."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from conferences.models import Conference
from foundation.pages.icalendar import CONTENT_TYPE, Event, calendar_of
from foundation.pages.moved import moved_or_missing
from foundation.pages.public_page import public_page
from operations.models import SiteIdentity
from talks.addresses import talk_that_was_at
from talks.calendars import event_of, events_of, names_of, revised
from talks.models import EventRevision, Talk


@public_page()
def conference_calendar(request: HttpRequest, conference_slug: str) -> HttpResponse:
    """Answer with the calendar file of a conference's programme."""
    found = Conference.objects.filter(slug=conference_slug).first()
    if found is None:
        old = Conference.objects.at_old_address(conference_slug)
        missing = _("There is no conference at this address.")
        return moved_or_missing(old, missing, address=_address_of)
    events = events_of(found, found.talks.for_calendar())
    return _answer(request, found, found, events)


@public_page()
def talk_calendar(request: HttpRequest, conference_slug: str, talk_slug: str) -> HttpResponse:
    """Answer with the calendar file of one talk."""
    found = Talk.objects.at_address(conference_slug, talk_slug).for_calendar().first()
    if found is None:
        return _moved(conference_slug, talk_slug)
    is_known = found.given_on and not found.conference.dates_estimated
    return _answer(request, found, found.conference, [event_of(found)] if is_known else [])


def _answer(
    request: HttpRequest, shown: Conference | Talk, conference: Conference, events: list[Event]
) -> HttpResponse:
    if not events:
        raise Http404(_("The days of it are not known."))
    revisions = EventRevision.objects.in_bulk(names_of(conference, events))
    events = revised(conference, events, revisions)
    content = calendar_of(shown.title, events, uid=SiteIdentity.objects.current().uid)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    disposition = content_disposition_header(as_attachment=False, filename=f"{shown.slug}.ics")
    headers = {"ETag": etag, "Content-Disposition": str(disposition)}
    response = HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def _moved(conference_slug: str, talk_slug: str) -> HttpResponsePermanentRedirect:
    talk = talk_that_was_at(conference_slug, talk_slug)
    if talk is None:
        raise Http404(_("There is no talk at this address."))
    address = reverse("talk-calendar", args=[talk.conference.slug, talk.slug])
    return HttpResponsePermanentRedirect(address)


def _address_of(conference: Conference) -> str:
    return reverse("conference-calendar", args=[conference.slug])
