"""Confirmation page of the bulk tagging actions, between the list of talks and the change.

It answers at the list's own address, so the list's filters apply. The selection travels in a
signed field (`talks.tagging.selection`). Where the selected talks changed since the page was
shown, the page shows the new numbers and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from talks.models import ResolvedTags, TalkQuerySet
from talks.tagging.forms import BulkTagForm
from talks.tagging.selection import Selection, SelectionChanged, SignedSelection
from talks.tagging.verbs import (
    Tagging,
    TagOnTalks,
    Verb,
    add_tags,
    on_talks,
    preview_adding,
    preview_removing,
    remove_tags,
)

SIGNED_SELECTION_FIELD = "signed_selection"
TITLES_SHOWN = 20
_MEDIA = forms.Media(js=[forms.Script("admin_notes/tagging.js", type="module")])  # type: ignore[list-item]  # -- a path or a Script


@dataclass(frozen=True)
class BulkAction:
    """Adding tags, or removing them: its verb, its preview and its messages."""

    name: str
    verb: Verb
    preview: Callable[..., Tagging]
    makes_tags: bool
    title: Promise | str
    button: Promise | str
    done: Promise | str
    unchanged_one: Promise | str
    unchanged_many: Promise | str


ADDING = BulkAction(
    name="add_tags",
    verb=add_tags,
    preview=preview_adding,
    makes_tags=True,
    title=ngettext_lazy("Add tags to %(count)d talk", "Add tags to %(count)d talks", "count"),
    button=gettext_lazy("Add tags"),
    done=ngettext_lazy(
        "Added %(tags)s to %(count)d talk", "Added %(tags)s to %(count)d talks", "count"
    ),
    unchanged_one=ngettext_lazy("%(count)d already had it", "%(count)d already had it", "count"),
    unchanged_many=ngettext_lazy(
        "%(count)d already had all of them", "%(count)d already had all of them", "count"
    ),
)
REMOVING = BulkAction(
    name="remove_tags",
    verb=remove_tags,
    preview=preview_removing,
    makes_tags=False,
    title=ngettext_lazy(
        "Remove tags from %(count)d talk", "Remove tags from %(count)d talks", "count"
    ),
    button=gettext_lazy("Remove tags"),
    done=ngettext_lazy(
        "Removed %(tags)s from %(count)d talk", "Removed %(tags)s from %(count)d talks", "count"
    ),
    unchanged_one=ngettext_lazy("%(count)d did not have it", "%(count)d did not have it", "count"),
    unchanged_many=ngettext_lazy(
        "%(count)d had none of them", "%(count)d had none of them", "count"
    ),
)


class TaggingPage:
    """One request to the page.

    Args:
        talks: the selected talks; where the request has a signed selection, all talks that the
            list at this address shows.

    Raises django.core.signing.BadSignature where the signed selection is altered or too old.
    """

    def __init__(
        self,
        model_admin: ModelAdmin,
        request: HttpRequest,
        talks: TalkQuerySet,
        bulk_action: BulkAction,
    ):
        self.model_admin, self.request, self.bulk_action = model_admin, request, bulk_action
        self.notice = ""
        self.signed_selection = _signed_selection_of(request, bulk_action)
        self.ticked = self.signed_selection.ids if self.signed_selection else _ticked(request)
        self.talks = talks if self.ticked is None else talks.filter(pk__in=self.ticked)
        self.form = BulkTagForm(
            request.POST if "tags" in request.POST else None,
            may_create=bulk_action.makes_tags and request.user.has_perm("talks.add_tag"),
        )

    def respond(self) -> TemplateResponse | None:
        """Act if that was agreed to, else show the page. None leads back to the list."""
        found = self.form.found if self.form.is_valid() else None
        if found and self.signed_selection and "apply" in self.request.POST:
            try:
                if self._agreed(self.signed_selection):
                    self._apply(self.signed_selection, found)
                    return None
            except SelectionChanged:
                self.notice = _("The selection has changed since. These are the numbers now.")
        return self._show()

    def _agreed(self, signed_selection: SignedSelection) -> bool:
        """Tell whether the numbers that the person saw, if they saw any, were for these tags."""
        if signed_selection.tags is None:
            return True
        self.form.refuse_vanished(signed_selection.tags)
        if not self.form.means(signed_selection.tags):
            self.notice = _("The numbers were for other tags. These are the numbers now.")
        return not self.form.errors and not self.notice

    def _apply(self, signed_selection: SignedSelection, found: ResolvedTags) -> None:
        new = {"new": found.unknown} if found.unknown else {}
        done = self.bulk_action.verb(
            self.talks,
            found.tags(),
            by=self.request.user,
            confirmed=signed_selection.selection,
            **new,
        )
        names = [*(tag.name for tag in found.tags()), *found.unknown]
        text = outcome(self.bulk_action, names, done)
        self.model_admin.message_user(self.request, text, messages.SUCCESS)

    def _show(self) -> TemplateResponse | None:
        ids = list(self.talks.order_by().values_list("pk", flat=True))
        if not ids:
            text = _("None of the selected talks is in this list any more. Nothing was changed.")
            self.model_admin.message_user(self.request, text, messages.WARNING)
            return None
        return TemplateResponse(self.request, "admin/talks/talk/tagging.html", self._context(ids))

    def _context(self, ids: list[int]) -> dict[str, Any]:
        return {
            **self.model_admin.admin_site.each_context(self.request),
            "title": self.bulk_action.title % {"count": len(ids)},
            "opts": self.model_admin.opts,
            "media": self.model_admin.media + self.form.media + _MEDIA,
            "bulk_action": self.bulk_action,
            "form": self.form,
            "notice": self.notice,
            "count": len(ids),
            "found": self.form.found,
            "preview": self._preview(),
            "on_talks": self._on_talks(),
            "first_talks": self.talks.prefetch_related(None)[:TITLES_SHOWN],
            "more_talks": max(0, len(ids) - TITLES_SHOWN),
            "selected_name": ACTION_CHECKBOX_NAME,
            "one_id": ids[0],
            "signed_selection_name": SIGNED_SELECTION_FIELD,
            "signed_selection": self._new_selection(ids).signed(),
            "list_address": self.request.get_full_path(),
        }

    def _preview(self) -> Tagging | None:
        found = self.form.found
        if found is None:
            return None
        return self.bulk_action.preview(self.talks, found.tags(), new=len(found.unknown))

    def _on_talks(self) -> list[TagOnTalks]:
        found: ResolvedTags | None = self.form.found
        person: Any = self.request.user
        return on_talks(self.talks, found.tags(), seen_by=person) if found else []

    def _new_selection(self, ids: list[int]) -> SignedSelection:
        return SignedSelection(
            action=self.bulk_action.name,
            user=int(self.request.user.pk or 0),
            selection=Selection.of(ids),
            ids=None if self.ticked is None else ids,
            tags=self.form.chosen(),
        )


def tagging_page(
    model_admin: ModelAdmin, request: HttpRequest, talks: TalkQuerySet, bulk_action: BulkAction
) -> TemplateResponse | None:
    """Answer a request to add tags to talks, or to remove some. None leads back to the list."""
    try:
        return TaggingPage(model_admin, request, talks, bulk_action).respond()
    except BadSignature:
        text = _("This page was too old. Nothing was changed: select the talks once more.")
        model_admin.message_user(request, text, messages.ERROR)
        return None


def outcome(bulk_action: BulkAction, tags: list[str], result: Tagging) -> str:
    """Return what was done: "Added 'async' to 137 talks; 12 already had it." """
    names = ", ".join(f"'{name}'" for name in tags)
    done = bulk_action.done % {"tags": names, "count": result.changed}
    if not result.unchanged:
        return _("%(done)s.") % {"done": done}
    rest = bulk_action.unchanged_one if len(tags) == 1 else bulk_action.unchanged_many
    return _("%(done)s; %(rest)s.") % {"done": done, "rest": rest % {"count": result.unchanged}}


def has_signed_selection(request: HttpRequest) -> bool:
    """Tell whether the request comes from the page, and not from the list."""
    return SIGNED_SELECTION_FIELD in request.POST


def _signed_selection_of(request: HttpRequest, bulk_action: BulkAction) -> SignedSelection | None:
    if not has_signed_selection(request):
        return None
    text = request.POST[SIGNED_SELECTION_FIELD]
    return SignedSelection.read(text, action=bulk_action.name, user=int(request.user.pk or 0))


def _ticked(request: HttpRequest) -> list[int] | None:
    """Return what was ticked in the list; None where it was everything the list shows."""
    if request.POST.get("select_across") == "1":
        return None
    return [int(text) for text in request.POST.getlist(ACTION_CHECKBOX_NAME)]
