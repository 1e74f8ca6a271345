"""The admin's autocomplete select, without Django's query per row and error on invalid keys."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import MultiWidget
from django.utils.translation import gettext


class RelatedSelect(AutocompleteSelect):
    """An autocomplete select that needs no query for rows that are loaded already.

    Django's own runs a query for the chosen row in every select of a page, and answers 500 to a
    value that is not a valid key.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.loaded: models.Model | None = None

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Set a placeholder: an empty box has no name for a screen reader."""
        return {**super().build_attrs(*args, **kwargs), "data-placeholder": gettext("None chosen")}

    def know(self, row: models.Model) -> None:
        """Remember a loaded row: if it is the chosen one, no query is needed."""
        self.loaded = row

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        empty: Any = {"name": name, "value": "", "label": "", "selected": False, "index": 0}
        options = [] if self.is_required else [self.create_option(**empty)]
        options += [
            self.create_option(name, row.pk, self._label(row), selected=True, index=len(options))
            for row in self._chosen([str(text) for text in value])
        ]
        return [(None, options, 0)]

    def _chosen(self, values: list[str]) -> list[models.Model]:
        keys = [text for text in values if self._is_key(text)]
        if self.loaded is not None and keys == [str(self.loaded.pk)]:
            return [self.loaded]
        return list(self._model()._default_manager.filter(pk__in=keys)) if keys else []

    def _label(self, row: models.Model) -> str:
        return choice_label(self.admin_site.get_model_admin(self._model()), row)

    def _is_key(self, text: str) -> bool:
        try:
            self._model()._meta.pk.clean(text, None)
        except ValidationError:
            return False
        return True

    def _model(self) -> Any:
        return self.field.remote_field.model


def name_parts(widget: MultiWidget, label: str) -> None:
    """Label the date and time inputs of a split widget for screen readers."""
    for part, name in zip(widget.widgets, (gettext("date"), gettext("time")), strict=True):
        part.attrs["aria-label"] = f"{label}: {name}"


class RelatedSearch(AutocompleteJsonView):
    """Autocomplete view whose results are labelled by the related model's admin."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return {**result, "text": choice_label(self.model_admin, obj)}


def choice_label(model_admin: Any, row: models.Model) -> str:
    """Return the label of a row among choices: its admin's `choice_label`, or `str(row)`."""
    label = getattr(model_admin, "choice_label", str)
    return str(label(row))
