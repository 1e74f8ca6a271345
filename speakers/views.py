"""Pages of speakers: the A–Z list, and one person's talks over the years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.pages.moved import moved_or_missing
from foundation.pages.paging import page_of
from foundation.pages.public_page import CURSOR, public_page
from recaps.models import Recap
from speakers.models import Speaker
from talks.models import Talk
from talks.overview import overview_of_speaker

SPEAKERS_PER_PAGE = 150
RECAPS_SHOWN = 6


@public_page("letter", *CURSOR)
def speakers(request: HttpRequest) -> HttpResponse:
    """Show the A–Z headings, and the speakers under `?letter=…`, or all."""
    letter = request.GET.get("letter", "")
    letters = Speaker.objects.letters()
    if letter and letter not in dict(letters):
        raise Http404(_("Nobody is listed under this letter."))
    people = Speaker.objects.under_letter(letter) if letter else Speaker.objects.all()
    page = page_of(
        people.with_talk_counts(),
        request,
        order=("letter", "sort_key", "id"),
        size=SPEAKERS_PER_PAGE,
        keep=("letter",),
    )
    return render(
        request,
        "speakers/speakers.html",
        {"letter": letter, "letters": letters, "number": dict(letters).get(letter), "page": page},
    )


@public_page(*CURSOR)
def speaker(request: HttpRequest, speaker_slug: str) -> HttpResponse:
    """Show one person: years, topics and places of their talks, recaps, talks."""
    person = Speaker.objects.filter(slug=speaker_slug).with_other_names().first()
    if person is None:
        at_old_address = Speaker.objects.at_old_address(speaker_slug)
        return moved_or_missing(at_old_address, _("There is no speaker at this address."))
    talks = Talk.objects.by_speaker(person)
    recaps = Recap.objects.published().by_speaker(person).newest_first().for_cards()
    context = {
        "speaker": person,
        "page": page_of(
            talks.for_cards().with_recap_counts(), request, order=("-sort_date", "-id")
        ),
        "overview": overview_of_speaker(person),
        "recaps": recaps[:RECAPS_SHOWN],
        "mentions": Recap.objects.published().latest_mentioning(person),
    }
    return render(request, "speakers/speaker.html", context)
