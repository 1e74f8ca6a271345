"""Base admin of models with tags."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest

from foundation.admin.model_admin import NotesModelAdmin
from talks.tagging.forms import TagsForm
from talks.tagging.verbs import set_tags


class TaggedAdmin(NotesModelAdmin):
    """ModelAdmin whose form is a `TagsForm`: tells the form who may create tags, and saves them in
    bulk.
    """

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.may_create_tags = request.user.has_perm("talks.add_tag")
        return form

    def save_related(
        self,
        request: HttpRequest,
        form: TagsForm,
        formsets: Iterable[forms.BaseFormSet],
        change: bool,
    ) -> None:
        # Taken out of the form, whose own saving asks the database again for every tag.
        names = form.cleaned_data.pop("tags")
        super().save_related(request, form, formsets, change)
        if "tags" in form.changed_data:
            before = form.initial.get("tags") or []
            set_tags(form.instance, names, by=request.user, instead_of=before)  # type: ignore[arg-type]  # -- staff
