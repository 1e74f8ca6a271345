"""Recaps in the admin: note-takers write their own drafts there, curators publish and edit all."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.admin.deletion import Deletion
from foundation.admin.filters import RelatedFilter
from foundation.admin.model_admin import FormerInline
from recaps.admin import actions as list_actions
from recaps.admin.conflicts import conflict_of, gone_page, refused_page
from recaps.admin.editor import (
    copy_asked_for,
    editor_facts,
    offered,
    saved_answer,
    saved_earlier,
    shown_by,
    subject_shown_by,
    tell_remarks,
)
from recaps.admin.filters import StateFilter
from recaps.admin.next_talk import next_talk
from recaps.admin.save_messages import what_happened
from recaps.admin.versions import page_urls
from recaps.drafts import let_go
from recaps.enums import SubjectKind
from recaps.forms import RecapForm
from recaps.models import OldRecapSlug, Recap, RecapQuerySet
from recaps.start_texts import start_text
from recaps.states import DAYS_IN_BIN, may_edit, may_publish, may_see, put_in_bin
from recaps.writing import RecapConflict, write_recap
from talks.admin.tagged import TaggedAdmin

if TYPE_CHECKING:
    from accounts.models import User

# Whoever may not publish does not write these.
PUBLISHERS_FIELDS = ("author", "status", "published_at")


class ConferenceFilter(RelatedFilter):
    """Recaps of one conference as a whole."""

    field_name = "conference"


class AuthorFilter(RelatedFilter):
    """Recaps by one author."""

    field_name = "author"


@admin.register(Recap)
class RecapAdmin(TaggedAdmin):
    """Recaps, the last changed first."""

    form = RecapForm
    list_display = ("shown_title", "subject", "author", "state", "published_at", "updated_at")
    list_filter = (StateFilter, ConferenceFilter, AuthorFilter)
    search_fields = ("title", "talk__title", "conference__title", "author__public_name")
    date_hierarchy = "published_at"
    ordering = ("-updated_at", "-id")
    actions = (list_actions.publish, list_actions.return_to_draft, list_actions.submit)
    autocomplete_fields = ("talk", "conference", "author")
    readonly_fields = ("submitted_at", "updated_at", "body_html")
    inlines = (FormerInline.of(OldRecapSlug),)
    fieldsets = (
        (None, {"fields": ("title", "talk", "conference", "author")}),
        (_("Text"), {"fields": ("body", "keep_breaks", "summary", "language", "tags")}),
        (
            _("Beside the text"),
            {"fields": (("verdict", "presence"), ("part_number", "part_count"), "day")},
        ),
        (
            _("Publication"),
            {"fields": ("status", "published_at", "slug", "submitted_at", "updated_at")},
        ),
        (_("As readers see it"), {"fields": ("body_html",), "classes": ("collapse",)}),
    )

    def get_urls(self) -> list[Any]:
        return [*page_urls(self), *super().get_urls()]

    # Who may do what

    def get_queryset(self, request: HttpRequest) -> RecapQuerySet:
        """Return the recaps of which the person may see pages, those in the bin too."""
        recaps: Any = super().get_queryset(request)
        seen: RecapQuerySet = recaps.visible_to(request.user)
        return seen.select_related("talk__conference", "conference", "author")

    def has_view_permission(self, request: HttpRequest, obj: Recap | None = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Recap | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Recap | None = None) -> bool:
        return self.may_delete(request) and (obj is None or may_edit(request.user, obj))

    def may_delete(self, request: HttpRequest) -> bool:
        """Tell whether the person may delete recaps at all, and so bring them back."""
        codename = get_permission_codename("delete", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Tell who sees the actions that say `permissions=["publish"]`."""
        return may_publish(request.user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Recap | None = None
    ) -> tuple[str, ...]:
        """Leave to publishers what is theirs, and the author to whoever may look people up."""
        if not may_publish(request.user):
            return (*self.readonly_fields, *PUBLISHERS_FIELDS)
        if request.user.has_perm("accounts.view_user"):
            return self.readonly_fields
        return (*self.readonly_fields, "author")

    # The list

    def for_list(self, queryset: QuerySet) -> QuerySet:
        recaps: Any = queryset
        return self.without_texts(recaps.kept())

    def without_texts(self, recaps: QuerySet) -> QuerySet:
        """Leave away what no list shows."""
        return recaps.defer("body", "body_html", "talk__abstract", "conference__description")

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, recap: Recap) -> str:
        """Return its title, or its talk's."""
        return recap.shown_title

    @admin.display(description=_("state"), ordering="status")
    def state(self, recap: Recap) -> str:
        """Return where it is between draft and publication."""
        return str(recap.state.label)

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Recap | None = None) -> Any:
        """Leave the tags away where they are refused: a talk's recap shows those of its talk."""
        has_talk = obj.talk_id if obj else request.GET.get("talk") or request.POST.get("talk")
        is_empty = not request.POST.get("tags")
        left_away = {"tags"} if has_talk and is_empty else set()
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in left_away]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def get_form(
        self, request: HttpRequest, obj: Recap | None = None, *args: Any, **kwargs: Any
    ) -> type[RecapForm]:
        form: Any = super().get_form(request, obj, *args, **kwargs)
        # A page that only shows the recap shows no unsaved text in it, but above it.
        takes = request.method == "GET" and (obj is None or may_edit(request.user, obj))
        form.working_copy = copy_asked_for(request) if takes else None
        form.person = request.user
        return cast("type[RecapForm]", form)

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """Return the recap's page, if readers may see it: a draft has none."""
        is_public = isinstance(obj, Recap) and obj.is_public
        return super().get_view_on_site_url(obj) if is_public else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        asked = super().get_changeform_initial_data(request)
        kind = SubjectKind.CONFERENCE if "conference" in asked else SubjectKind.TALK
        return {"author": request.user.pk, "body": start_text(kind), **asked}

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save a form.

        Where somebody else saved between our check and our writing, the check is made once more:
        it now finds the conflict, and the form comes again with all that was typed.
        """
        try:
            return self._answer(request, *args, **kwargs)
        except RecapConflict:
            return self._answer(request, *args, **kwargs)

    def _answer(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if earlier := None if object_id else saved_earlier(request):
            object_id = str(earlier.recap_id)
        if request.method == "POST" and object_id is not None:
            recap = self.get_object(request, object_id)
            if recap is None and self.has_change_permission(request):
                return gone_page(self, request)
            if recap and self._became_unwritable(request, recap):
                return refused_page(self, request, recap, status=403)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _became_unwritable(self, request: HttpRequest, recap: Recap) -> bool:
        """Tell whether somebody who writes recaps may see this one, but not write it any more."""
        writes = self.has_change_permission(request)
        return writes and not self.has_change_permission(request, recap)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, recap = context["adminform"].form, context["original"]
        context["may_publish"] = may_publish(request.user)
        context["is_nav_sidebar_enabled"] = False  # text and preview need the room
        sitting = form.sitting_of_page
        context["is_unsaved"] = form.is_bound or bool(form.working_copy)
        context["reads_only"] = bool(recap) and not may_edit(request.user, recap)
        context["unsaved"] = offered(
            request, recap, shown_by(form), subject_shown_by(form), sitting
        )
        context["editor"] = editor_facts(form, by=request.user)
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
        sitting, person = form.cleaned_data.get("sitting"), cast("User", request.user)
        write_recap(obj, by=person, sitting=sitting)
        if text := what_happened(obj, before=cast("RecapForm", form).before):
            self.message_user(request, text, messages.INFO)
        if sitting:
            let_go(obj, sitting, step=form.cleaned_data["step"], by=person)
        if "body" in form.changed_data:
            tell_remarks(request, obj)

    def response_add(self, request: HttpRequest, obj: Recap, *args: Any, **kw: Any) -> HttpResponse:
        return saved_answer(request, obj, super().response_add(request, obj, *args, **kw))

    def response_change(self, request: HttpRequest, obj: Recap) -> HttpResponse:
        return saved_answer(request, obj, super().response_change(request, obj))

    def response_post_save_add(self, request: HttpRequest, obj: Recap) -> HttpResponseRedirect:
        return next_talk(self, request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Recap) -> HttpResponseRedirect:
        return next_talk(self, request, obj) or super().response_post_save_change(request, obj)

    # The bin

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Deletion:
        """Return what goes to the bin: the recaps with all that is theirs, and nothing else."""
        named = [str(recap) for recap in objs]
        refused = [recap for recap in objs if not self.has_delete_permission(request, recap)]
        missing = {str(self.opts.verbose_name)} if refused else set()
        return Deletion(named, {str(self.opts.verbose_name_plural): len(named)}, missing, [])

    def delete_model(self, request: HttpRequest, obj: Recap) -> None:
        put_in_bin(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        recaps: Any = queryset
        for recap in recaps.locked():
            put_in_bin(recap)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, or put it in the bin, unless somebody changed it in the meantime."""
        try:
            return super().delete_view(request, *args, **kwargs)
        except RecapConflict:  # pragma: no cover -- somebody wrote between two of our lines
            text = gettext("Somebody changed this recap in the meantime. Nothing was deleted.")
            self.message_user(request, text, messages.WARNING)
            return self.response_post_save_change(request, Recap())

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        text = gettext("It lies in the bin for %(days)d days.") % {"days": DAYS_IN_BIN}
        response = super().response_delete(request, obj_display, obj_id)
        self.message_user(request, text, messages.INFO)
        return response
