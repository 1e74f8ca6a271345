"""The page of a talk."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conferences.models import Conference
from notes_site.neighbours import neighbours
from recaps.models import Recap
from talks.abstracts import abstract_html
from talks.models import Talk


@require_safe
def talk(request: HttpRequest, conference_slug: str, talk_slug: str) -> HttpResponse:
    """Show the talk at a glance, then its abstract and its recaps."""
    found = Talk.objects.at_address(conference_slug, talk_slug).for_page().first()
    if found is None:
        return _moved(conference_slug, talk_slug)
    before, after = neighbours(list(found.conference.talks.titles_in_programme_order()), found)
    context = {
        "talk": found,
        "conference": found.conference,
        "abstract": abstract_html(found),
        "recaps": list(found.recaps.published().newest_first().with_authors()),
        "mentions": Recap.objects.published().latest_mentioning(found),
        "before": before,
        "after": after,
    }
    return render(request, "talks/talk.html", context)


def _moved(conference_slug: str, talk_slug: str) -> HttpResponse:
    """Answer at an address whose conference, talk or both have another one now: one redirect."""
    for conference in Conference.objects.at_any_address(conference_slug):
        talks = Talk.objects.at_any_address(conference, talk_slug).select_related("conference")
        if (found := talks.first()) is not None:
            return HttpResponsePermanentRedirect(found.get_absolute_url())
    raise Http404(_("There is no talk at this address."))
