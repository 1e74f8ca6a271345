"""Extracts what somebody typed from a form that was refused, so that the error page can show it.

It uses only the request, since the session or the database may be what failed. Never passwords,
tokens, codes, files or hidden fields: only text fields of model forms, by their names, which a test
compares with all forms of the admin.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import models
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from foundation.text.names import without_controls

# Fields of text that are no columns of a row.
_BESIDES_COLUMNS = {"tags": _("tags"), "alt": _("text instead of the image")}
# Half of a secret, and no text of anybody's.
_NEVER = {"password", "username"}
# A row within the form of another one: recordings-0-url.
_OF_A_ROW_WITHIN = re.compile(r"^[a-z_]+-[0-9]+-")
_CARRIED = "carried-"
_UNREADABLE = (UnreadablePostError, MultiPartParserError, SuspiciousOperation, BadRequest, OSError)


@dataclass(frozen=True)
class TypedText:
    """One field of a form: its label and its text."""

    label: str
    text: str


def typed_texts(request: HttpRequest) -> list[TypedText]:
    """Return the non-empty text fields of the submitted form, in its order.

    Empty if the request is no form or cannot be read, and for a form with a password, except for
    the fields that a login page carries along.
    """
    if request.method != "POST":
        return []
    try:
        sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except _UNREADABLE:
        return []
    return list(_texts(sent))


def _texts(sent: list[tuple[str, str]]) -> Iterator[TypedText]:
    has_password = any("password" in name for name, _text in sent)
    labels = labels_of_text()
    for name, text in sent:
        if has_password and not name.startswith(_CARRIED):
            continue
        field = _OF_A_ROW_WITHIN.sub("", name.removeprefix(_CARRIED))
        if field in labels and text.strip():
            yield TypedText(str(labels[field]), without_controls(text))


@cache
def labels_of_text() -> dict[str, object]:
    """Return the labels of all text fields, by field name."""
    columns = {
        field.name: field.verbose_name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if _is_ours(model) and _holds_text(field)
    }
    return {**columns, **_BESIDES_COLUMNS}


def _is_ours(model: type[models.Model]) -> bool:
    path = apps.get_app_config(model._meta.app_label).path
    return path.startswith(str(settings.BASE_DIR)) and "site-packages" not in path


def _holds_text(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and field.editable and not field.choices and field.name not in _NEVER
