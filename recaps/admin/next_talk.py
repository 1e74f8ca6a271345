"""Save and go on: from a talk's recap to the form of the next talk that waits for notes."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from recaps.models import Recap
from talks.models import Talk

if TYPE_CHECKING:
    from recaps.admin.recaps import RecapAdmin


def next_talk(
    model_admin: "RecapAdmin", request: HttpRequest, recap: Recap
) -> HttpResponseRedirect | None:
    """Answer the button "Save and go on to the next talk"; None where another one was pressed.

    Leads to the next talk of the programme without a recap by the person, after the last one to
    the first; where none is left it says so, and stays. At most three queries.
    """
    if "_next" not in request.POST or recap.talk is None:
        return None
    talk = _next_without_notes(recap.talk, request.user)
    if talk:
        return HttpResponseRedirect(_form_of(talk))
    text = _("You have notes on every talk of %(conference)s.")
    named = {"conference": recap.talk.conference}
    model_admin.message_user(request, text % named, messages.INFO)
    return HttpResponseRedirect(reverse("admin:recaps_recap_change", args=[recap.pk]))


def _next_without_notes(talk: Talk, person: Any) -> Talk | None:
    talks = Talk.objects.of_conference(talk.conference_id).taking_place()
    waiting = talks.without_recap_by(person).exclude(pk=talk.pk).titles_in_programme_order()
    waiting = waiting.with_own_recap(person)
    return waiting.after(talk).first() or waiting.first()


def _form_of(talk: Any) -> str:
    """Return where the notes on a talk are written: a recap may be begun already."""
    if talk.own_recap:
        return reverse("admin:recaps_recap_change", args=[talk.own_recap])
    return f"{reverse('admin:recaps_recap_add')}?talk={talk.pk}"
