"""Saving a recap in the admin: success messages, and pages for conflicts and refused saves, which
lose no text.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import display_for_field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.admin.session import asks_for_json
from foundation.text.markdown import read_markdown
from recaps.admin.pages import RecapPages
from recaps.diff import TextDifference, text_differences, texts_of
from recaps.drafts import clear_unsaved, earlier_save
from recaps.enums import RecapState
from recaps.forms import AutosaveForm, RecapForm
from recaps.models import TEXT_FIELDS, Recap, RecapVersion, WorkingCopy
from recaps.remarks import remark_on_front_matter, remarks_on
from recaps.start_texts import filled
from recaps.states import Publication
from recaps.writing import RecapConflict, write_recap
from talks.models import Talk

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class ValueDifference:
    """A short field whose saved and submitted values differ."""

    label: str
    theirs: str


@dataclass(frozen=True)
class Conflict:
    """What somebody else saved in the meantime, compared with what was submitted."""

    last: RecapVersion | None  # of the text
    texts: list[TextDifference]
    values: list[ValueDifference]


class SavingPages(RecapPages):
    """Saves recaps, and explains refused saves."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save a form.

        If somebody else saves between validation and writing, the form is validated again: it then
        finds the conflict, and shows all that was typed.
        """
        try:
            return self._answer(request, *args, **kwargs)
        except RecapConflict:
            return self._answer(request, *args, **kwargs)

    def _answer(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if earlier := None if object_id else _saved_earlier(request):
            object_id = str(earlier.recap_id)
        if request.method == "POST" and object_id is not None:
            recap = self.get_object(request, object_id)
            if recap is None and self.has_change_permission(request):
                return self._gone_page(request)
            if recap and self._became_unwritable(request, recap):
                return self._refused_page(request, recap)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _became_unwritable(self, request: HttpRequest, recap: Recap) -> bool:
        """Return whether a person who writes recaps may see this one, but not write it any more."""
        writes = self.has_change_permission(request)
        return writes and not self.has_change_permission(request, recap)

    def _gone_page(self, request: HttpRequest) -> TemplateResponse:
        """Answer a save of a recap that does not exist for this person; the page shows all that was
        typed.
        """
        texts = text_differences({}, _typed_texts(request))
        context = {"title": _("This was not saved"), "texts": texts}
        return self.shown(request, "gone", context, status=404)

    def _refused_page(self, request: HttpRequest, recap: Recap) -> TemplateResponse:
        """Answer a save of a recap that the person may no longer write; the page shows all that was
        typed.
        """
        context = {
            "title": _("This was not saved"),
            "recap": recap,
            "texts": text_differences(texts_of(recap), _typed_texts(request)),
            "address": self.get_view_on_site_url(recap),
        }
        return self.shown(request, "refused", context, status=403)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        if getattr(form, "conflict", False):
            response.context_data["conflict"] = conflict_of(form)
            response.template_name = "admin/recaps/recap/conflict.html"
            response.status_code = 409
        return response

    def save_model(
        self,
        request: HttpRequest,
        obj: Recap,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        if obj.author_id is None:
            obj.author = request.user
        editing_session, person = form.cleaned_data.get("sitting"), cast("User", request.user)
        write_recap(obj, by=person, editing_session=editing_session)
        if text := what_happened(obj, before=cast("RecapForm", form).before):
            self.message_user(request, text, messages.INFO)
        if editing_session:
            clear_unsaved(obj, editing_session, step=form.cleaned_data["step"], by=person)
        if "body" in form.changed_data:
            _tell_remarks(request, obj)

    def response_add(self, request: HttpRequest, obj: Recap, *args: Any, **kw: Any) -> HttpResponse:
        return _saved_answer(request, obj, super().response_add(request, obj, *args, **kw))

    def response_change(self, request: HttpRequest, obj: Recap) -> HttpResponse:
        return _saved_answer(request, obj, super().response_change(request, obj))

    def response_post_save_add(self, request: HttpRequest, obj: Recap) -> HttpResponseRedirect:
        return self._next_talk(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Recap) -> HttpResponseRedirect:
        return self._next_talk(request, obj) or super().response_post_save_change(request, obj)

    def _next_talk(self, request: HttpRequest, recap: Recap) -> HttpResponseRedirect | None:
        """Answer the button "Save and go on to the next talk"; None if another was pressed.

        Redirects to the next talk of the programme without a recap by the person, after the last
        talk to the first; if none is left, stays and says so. At most three queries.
        """
        if "_next" not in request.POST or recap.talk is None:
            return None
        talk = _next_without_notes(recap.talk, request.user)
        if talk:
            return HttpResponseRedirect(_form_of(talk))
        text = _("You have notes on every talk of %(conference)s.")
        named = {"conference": recap.talk.conference}
        self.message_user(request, text % named, messages.INFO)
        return HttpResponseRedirect(reverse("admin:recaps_recap_change", args=[recap.pk]))


def conflict_of(form: RecapForm) -> Conflict:
    """Return the differences that a form in conflict shows. Four queries; the form is
    not changed.
    """
    current = Recap.objects.select_related("author", "talk__conference", "conference").get(
        pk=form.instance.pk
    )
    typed = {name: form[name].value() or "" for name in TEXT_FIELDS if name in form.fields}
    others = [name for name in form.changed_data if name not in (*TEXT_FIELDS, "started_from")]
    return Conflict(
        last=current.versions.for_history().first(),
        texts=text_differences(texts_of(current), typed),
        values=[_value(form, current, name) for name in others],
    )


def what_happened(recap: Recap, *, before: Publication) -> str:
    """Return the message about a saved recap's new state; '' if the state did not change.

    A new recap counts as a draft before.
    """
    now = Publication.of(recap)
    return "" if now == before else _sentence(now)


def _sentence(now: Publication) -> str:
    if now.appears_at:
        when = date_format(timezone.localtime(now.appears_at), "DATETIME_FORMAT")
        return _("It is scheduled: readers will see it from %(when)s on.") % {"when": when}
    sentences = {
        RecapState.DRAFT: _("It is a draft again: readers do not see it."),
        RecapState.SUBMITTED: _("It is submitted: somebody who may publish it will see to it."),
        RecapState.PUBLISHED: _("It is published: readers see it now."),
    }
    return sentences[now.state]


def _typed_texts(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in TEXT_FIELDS if name in request.POST}


def _value(form: RecapForm, current: Recap, name: str) -> ValueDifference:
    field = form.fields[name]
    label = str(field.label or name)
    if name == "tags":  # pragma: no cover -- shown like every other field, which tests compare
        return ValueDifference(label, field.prepare_value(form.initial.get(name)) or "–")
    column: Any = Recap._meta.get_field(name)
    return ValueDifference(label, str(display_for_field(getattr(current, name), column, "–")))


def _saved_earlier(request: HttpRequest) -> WorkingCopy | None:
    """Return the working copy of the form's editing session, if it saved before. One query."""
    form = AutosaveForm(request.POST)
    if request.method != "POST" or {"sitting", "step"} & form.errors.keys():
        return None
    facts = form.cleaned_data
    return earlier_save(facts["sitting"], step=facts["step"], by=cast("User", request.user))


def _tell_remarks(request: HttpRequest, recap: Recap) -> None:
    """After a save, tell the person which parts of the text readers will not see."""
    body, unfilled = filled(recap.body)
    remarks = remarks_on(read_markdown(body), unfilled=unfilled)
    for remark in [*remark_on_front_matter(recap.body), *remarks]:
        messages.warning(request, remark)


def _saved_answer(request: HttpRequest, recap: Recap, response: HttpResponse) -> HttpResponse:
    """Turn Django's response to a save into JSON, if the editor sent the save.

    If the editor stays open, the response contains the messages except "saved", which the editor
    says itself; otherwise the next page shows all messages.
    """
    if not asks_for_json(request):
        return response
    told = messages.get_messages(request) if "_continue" in request.POST else []
    said = [str(message) for message in told if message.level != messages.SUCCESS]
    facts = {
        "version": recap.version,
        "slug": recap.slug,
        "form": reverse("admin:recaps_recap_change", args=[recap.pk]),
        "recap": recap.pk,
    }
    return JsonResponse({**facts, "next": response["Location"], "said": said})


def _next_without_notes(talk: Talk, person: Any) -> Talk | None:
    talks = Talk.objects.of_conference(talk.conference_id).taking_place()
    waiting = talks.without_recap_by(person).exclude(pk=talk.pk).titles_in_programme_order()
    waiting = waiting.with_own_recap(person)
    return waiting.after(talk).first() or waiting.first()


def _form_of(talk: Any) -> str:
    """Return the URL of the form for notes on a talk: of an existing recap, or of a new one."""
    if talk.own_recap:
        return reverse("admin:recaps_recap_change", args=[talk.own_recap])
    return f"{reverse('admin:recaps_recap_add')}?talk={talk.pk}"
