"""The page of a talk."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.pages.csp import allow
from foundation.pages.neighbours import neighbours
from foundation.pages.public_page import public_page
from recaps.models import Recap
from recaps.rendering import freshen
from recaps.structured import article_of
from talks.addresses import talk_that_was_at
from talks.announcement import announcement_of
from talks.models import Talk
from talks.recordings import policy_for, shown_recordings
from talks.related import related_talks
from talks.structured import talk_event


@public_page()
def talk(request: HttpRequest, conference_slug: str, talk_slug: str) -> HttpResponse:
    """Show the talk's facts, then its abstract and its recaps.

    Only this page allows iframes and media of the hosts of the talk's recordings.
    """
    found = Talk.objects.at_address(conference_slug, talk_slug).for_page().first()
    if found is None:
        return _moved(conference_slug, talk_slug)
    before, after = neighbours(list(found.conference.talks.titles_in_programme_order()), found)
    recordings = shown_recordings(list(found.recordings.all()), loopback=not settings.OVER_HTTPS)
    recaps = list(found.recaps.published().newest_first().with_authors())
    freshen(recaps)
    players = [each.player for each in recordings if each.player]
    context = {
        "talk": found,
        "conference": found.conference,
        "recordings": recordings,
        "can_play": bool(players),
        "announcement": announcement_of(found),
        "recaps": recaps,
        "verdicts": [recap for recap in recaps if recap.verdict],
        "related": related_talks(found, with_recaps=not recaps),
        "structured": [talk_event(found, recordings), *(article_of(recap) for recap in recaps)],
        "mentions": Recap.objects.published().latest_mentioning(found),
        "before": before,
        "after": after,
    }
    response = render(request, "talks/talk.html", context)
    return allow(response, policy_for(players))


def _moved(conference_slug: str, talk_slug: str) -> HttpResponse:
    """Redirect from a former URL, whether the conference, the talk or both have moved: one
    redirect.
    """
    found = talk_that_was_at(conference_slug, talk_slug)
    if found is None:
        raise Http404(_("There is no talk at this address."))
    return HttpResponsePermanentRedirect(found.get_absolute_url())
