"""Tags in forms: one line (`talks.tagging.text`), with suggestions for the name being typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.text.names import name_key
from talks.models import ResolvedTags, Tag
from talks.tagging.text import TAG_MAX_LENGTH, line_of, tag_names, tag_text

# Two hundred of the longest names: what a talk has must fit, or nobody could save it.
LINE_MAX_LENGTH = 20_000


class TagLine(forms.TextInput):
    """A line of tags. A module adds suggestions to what is a plain text field without it."""

    class Media:
        css = {"all": ["admin_notes/tag_line.css"]}
        js = [forms.Script("admin_notes/tag_line.js", type="module")]

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        search = reverse("admin:autocomplete")
        return {
            "class": "vTextField",
            "autocomplete": "off",
            "data-tag-line": f"{search}?app_label=talks&model_name=taggedtalk&field_name=tag",
            "data-suggestions-label": _("Suggestions"),
            **super().build_attrs(*args, **kwargs),
        }


class TagNamesField(forms.CharField):
    """A line of tags. Cleans to their names, each once, in their order."""

    widget = TagLine

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Tags"))
        kwargs.setdefault(
            "help_text",
            _("Separated by commas; quotation marks hold together a name with commas in it."),
        )
        super().__init__(max_length=LINE_MAX_LENGTH, **kwargs)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else tag_text(value or [])

    def clean(self, value: Any) -> list[str]:
        names = tag_names(super().clean(value))
        if self.required and not names:
            raise ValidationError(self.error_messages["required"], code="required")
        long = [name for name in names if len(name) > TAG_MAX_LENGTH]
        if long:
            raise ValidationError(
                _("A tag has at most %(most)d characters: %(tags)s"),
                params={"most": TAG_MAX_LENGTH, "tags": ", ".join(long)},
                code="max_length",
            )
        return names

    def merged(self, before: Any, now: Any, yours: Any) -> str:
        """Return the line as it is now, with what this person added and without what they took.

        Each tag is a fact of its own, so two people who change a row's tags are never asked.
        """
        was, stored, typed = (_by_key(tag_names(line)) for line in (before, now, yours))
        names = {key: name for key, name in stored.items() if key in typed or key not in was}
        added = {key: name for key, name in typed.items() if key not in was}
        return line_of((names | added).values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.prepare_value(initial)
        return _keys(tag_names(before)) != _keys(tag_names(data or ""))


class TagsForm(forms.ModelForm):
    """A form of a row with tags. New ones need the permission to add tags."""

    tags = TagNamesField(required=False)
    may_create_tags = False

    def clean_tags(self) -> list[str]:
        names: list[str] = self.cleaned_data["tags"]
        if not self.may_create_tags:
            refuse_unknown(Tag.objects.find(names))
        return names


class BulkTagForm(forms.Form):
    """The tags to add to many talks, or to take from them.

    Args:
        may_create: whether a name that no tag has is a new tag; otherwise it is refused.
    """

    tags = TagNamesField()
    found: ResolvedTags | None = None  # once the line is found to be right

    def __init__(self, *args: Any, may_create: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.may_create = may_create

    def clean_tags(self) -> list[str]:
        names: list[str] = self.cleaned_data["tags"]
        found = Tag.objects.find(names)
        if not self.may_create:
            refuse_unknown(found)
        self.found = found
        return names

    def chosen(self) -> dict[str, int] | None:
        """Return the tags' ids by the key of the name they were asked for with; 0 for new ones.

        None where the line is not right.
        """
        if self.found is None:
            return None
        known = {key: tag.pk for key, tag in self.found.by_key.items()}
        return {**known, **{name_key(name): 0 for name in self.found.unknown}}

    def means(self, seen: dict[str, int]) -> bool:
        """Tell whether the line names these tags; one that was new then may be there by now."""
        chosen = self.chosen() or {}
        known = {key: tag for key, tag in seen.items() if tag and chosen.get(key)}
        return chosen.keys() == seen.keys() and known.items() <= chosen.items()

    def refuse_vanished(self, seen: dict[str, int]) -> None:
        """Add an error for tags that were there when the person saw them, and are gone."""
        unknown = self.found.unknown if self.found else []
        gone = [name for name in unknown if seen.get(name_key(name))]
        if gone:
            text = ngettext(
                "This tag was deleted in the meantime: %(tags)s. To make it anew, go on.",
                "These tags were deleted in the meantime: %(tags)s. To make them anew, go on.",
                len(gone),
            )
            self.add_error("tags", text % {"tags": ", ".join(gone)})


def refuse_unknown(found: ResolvedTags) -> None:
    """Raise ValidationError that names the tags that do not exist, if there are any."""
    if found.unknown:
        raise ValidationError(
            ngettext(
                "There is no tag %(tags)s, and new ones cannot be made here.",
                "There are no tags %(tags)s, and new ones cannot be made here.",
                len(found.unknown),
            ),
            params={"tags": ", ".join(f"“{name}”" for name in found.unknown)},
            code="unknown",
        )


def _by_key(names: Iterable[str]) -> dict[str, str]:
    return {name_key(name): name for name in names}


def _keys(names: Iterable[str]) -> set[str]:
    return {name_key(name) for name in names}
