"""Endpoints that the editor calls while somebody writes: autosave, preview, unsaved texts.

Responses are JSON, or HTML for the page. The editor's scripts are in `static/editor`; without them
the form saves like any other, and also offers unsaved texts.
"""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from operations.turns import PREVIEW, turn_of_person
from recaps.admin.about import About, about_of
from recaps.admin.pages import RecapPages
from recaps.drafts import (
    AUTOSAVED_FIELDS,
    UnsavedText,
    move_to_new_session,
    other_editors,
    store_autosave,
    unsaved_texts,
)
from recaps.forms import AutosaveForm, PreviewForm, RecapForm, SubjectForm
from recaps.models import TEXT_FIELDS, Recap, WorkingCopy, subject_of
from recaps.remarks import remark_on_front_matter, remarks_on
from recaps.rendering import Rendering, rendering_of, video_of
from recaps.states import may_edit, may_publish
from talks.models import Talk


class EditorPages(RecapPages):
    """The endpoints, and the data that a form's page gives its editor."""

    def get_urls(self) -> list[Any]:
        one = "unsaved/<uuid:editing_session>/"
        return [
            self.page("keep/", "keep", require_POST, self.keep_page),
            self.page("preview/", "preview", require_POST, self.preview_page),
            self.page("talk/", "talk", require_safe, self.talk_page),
            self.page("unsaved/", "unsaved", require_safe, self.unsaved_page),
            self.page(f"{one}take/", "take", require_POST, self.take_page),
            self.page(f"{one}throw-away/", "throw_away", require_POST, self.throw_away_page),
            *super().get_urls(),
        ]

    def keep_page(self, request: HttpRequest) -> HttpResponse:
        """Save the draft; return who else is editing, and the last saved version."""
        form = AutosaveForm(request.POST)
        if not form.is_valid():
            return _refused(form)
        recap = self._own_recap(request, form.cleaned_data["recap"])
        try:
            is_kept = store_autosave(recap, form.autosave(), by=_person(request))
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        others = other_editors(recap, by=_person(request)) if recap else []
        version = recap.version if recap else None
        return JsonResponse({"is_kept": is_kept, "version": version, "others": others})

    def preview_page(self, request: HttpRequest) -> HttpResponse:
        """Render a text as readers would see it, with problems marked."""
        if not self._may_write(request):
            raise PermissionDenied
        form = PreviewForm(request.POST)
        if not form.is_valid():
            return _refused(form)
        with turn_of_person(PREVIEW, _person(request).pk):
            rendering = rendering_of(Recap(**form.cleaned_data), show_unknown=True)
            front_matter = remark_on_front_matter(form.cleaned_data["body"])
            remarks = [*front_matter, *_remarks_of(rendering)]
        shown = {
            "html": rendering.html,
            "remarks": remarks,
            "has_front_matter": bool(front_matter),
        }
        return render(request, "admin/recaps/recap/_preview.html", shown)

    def unsaved_page(self, request: HttpRequest) -> HttpResponse:
        """Render the unsaved texts again, after the editor has sent some that only the
        browser had.
        """
        form = AutosaveForm({**request.GET.dict(), "step": "0"})
        if not form.is_valid():
            raise Http404
        recap = self._own_recap(request, form.cleaned_data["recap"])
        shown = {name: getattr(recap, name) for name in TEXT_FIELDS} if recap else {}
        subject = subject_of(request.GET)
        found = offered(request, recap, shown, subject, form.cleaned_data["sitting"])
        return render(request, "admin/recaps/recap/_unsaved.html", {"unsaved": found})

    def take_page(self, request: HttpRequest, editing_session: uuid.UUID) -> HttpResponse:
        """Open the form with an unsaved text."""
        return HttpResponseRedirect(
            _address_of(move_to_new_session(_own_copy(request, editing_session)))
        )

    def throw_away_page(self, request: HttpRequest, editing_session: uuid.UUID) -> HttpResponse:
        """Delete an unsaved text for good."""
        copy = _own_copy(request, editing_session)
        address = _address_of(copy).partition("?")[0]
        copy.delete()
        self.message_user(request, _("The unsaved text was thrown away."), messages.INFO)
        return HttpResponseRedirect(address)

    def talk_page(self, request: HttpRequest) -> HttpResponse:
        """Return a talk's start, its recording's start, and its announcement."""
        if not self._may_write(request):
            raise PermissionDenied
        form = SubjectForm(request.GET)
        talk = form.cleaned_data["talk"] if form.is_valid() else None
        about = {"about": About(talk, None)}
        announced = render_to_string("admin/recaps/recap/_talk.html", about, request)
        return JsonResponse({**_times(talk), "announced": announced})

    def _own_recap(self, request: HttpRequest, pk: int | None) -> Recap | None:
        """Return the recap if the person may write it; None for one that was never saved."""
        if pk is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        recap = self.get_object(request, str(pk))
        if recap is None:
            raise Http404(_("There is no such recap."))
        if not self.has_change_permission(request, recap):
            raise PermissionDenied
        return recap

    def _may_write(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) or self.has_change_permission(request)

    def get_form(
        self, request: HttpRequest, obj: Recap | None = None, *args: Any, **kwargs: Any
    ) -> type[RecapForm]:
        form: Any = super().get_form(request, obj, *args, **kwargs)
        # A page that only shows the recap shows no unsaved text in it, but above it.
        takes = request.method == "GET" and (obj is None or may_edit(request.user, obj))
        form.working_copy = copy_asked_for(request) if takes else None
        form.person = request.user
        return cast("type[RecapForm]", form)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, recap = context["adminform"].form, context["original"]
        context["may_publish"] = may_publish(request.user)
        context["is_nav_sidebar_enabled"] = False  # text and preview need the room
        editing_session = form.editing_session
        context["is_unsaved"] = form.is_bound or bool(form.working_copy)
        context["reads_only"] = bool(recap) and not may_edit(request.user, recap)
        context["unsaved"] = offered(
            request, recap, shown_by(form), subject_shown_by(form), editing_session
        )
        context["editor"] = editor_facts(form, by=request.user)
        return super().render_change_form(request, context, *args, **kwargs)


def editor_facts(form: RecapForm, *, by: Any) -> dict[str, Any]:
    """Return the data for the editor on a form's page. Four queries if it has a talk."""
    about = about_of(form)
    upload = reverse("admin:images_image_upload") if by.has_perm("images.add_image") else ""
    return {
        "fields": " ".join(AUTOSAVED_FIELDS),
        "about": about,
        "times": _times(about.talk if about else None),
        "image_address": upload,
    }


def offered(
    request: HttpRequest,
    recap: Recap | None,
    shown: dict[str, str],
    subject: tuple[str, str],
    editing_session: uuid.UUID | None,
) -> list[UnsavedText]:
    """Return the person's unsaved texts about a form's subject that differ from what it shows. One
    query.
    """
    person, now = _person(request), timezone.now()
    facts: Any = {"shown": shown, "subject": subject, "besides": editing_session}
    return unsaved_texts(recap, **facts, by=person, now=now)


def shown_by(form: RecapForm) -> dict[str, str]:
    """Return the text fields as a form shows them."""
    return {name: str(form[name].value() or "") for name in TEXT_FIELDS if name in form.fields}


def _remarks_of(rendering: Rendering) -> list[str]:
    return remarks_on(rendering.document, unfilled=rendering.unfilled)


def subject_shown_by(form: RecapForm) -> tuple[str, str]:
    """Return the subject that a form shows: see `subject_of`."""
    names = [name for name in ("talk", "conference") if name in form.fields]
    return subject_of({name: form[name].value() for name in names})


def copy_asked_for(request: HttpRequest) -> WorkingCopy | None:
    """Return the person's own unsaved text that `?copy=` names, if it exists. One query."""
    try:
        editing_session = uuid.UUID(request.GET.get("copy", ""))
    except ValueError:
        return None
    copies = WorkingCopy.objects.of_author(_person(request)).with_text()
    return copies.filter(sitting=editing_session).first()


def _own_copy(request: HttpRequest, editing_session: uuid.UUID) -> WorkingCopy:
    copies = WorkingCopy.objects.of_author(_person(request)).with_text()
    copy = copies.filter(sitting=editing_session).first()
    if copy is None:
        raise Http404(_("There is no such unsaved text: it was saved, or thrown away."))
    return copy


def _address_of(copy: WorkingCopy) -> str:
    if copy.recap_id:
        address = reverse("admin:recaps_recap_change", args=[copy.recap_id])
    else:
        address = reverse("admin:recaps_recap_add")
    return f"{address}?copy={copy.sitting}"


def _times(talk: Talk | None) -> dict[str, str]:
    """Return the talk's start, and the URL at which its first recording plays the talk's start."""
    if talk is None:
        return {"startsAt": "", "recording": ""}
    video = video_of(talk)
    return {
        "startsAt": talk.starts_at.isoformat() if talk.starts_at else "",
        "recording": video.address_at(video.position_of(0)) if video else "",
    }


def _refused(form: BaseForm) -> JsonResponse:
    said = [text for texts in form.errors.values() for text in texts]
    return JsonResponse({"error": " ".join(map(str, said))}, status=400)


def _person(request: HttpRequest) -> Any:
    return request.user
