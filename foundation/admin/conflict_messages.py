"""Messages and error pages for edit conflicts: another user saved or deleted the row while its form
was open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.admin.conflicts import Clash

# What forms send beside what people type. Passwords are never shown again.
_NOT_TYPED = re.compile(r"_|initial-|.*-(?:[A-Z_]+_FORMS|id|DELETE)$|.*password")


@dataclass
class ConcurrentChanges:
    """What other users changed in the row of a form, and in its inline rows, while the form was
    open.
    """

    clashes: list[Clash] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    deleted: int = 0
    asks: bool = False  # whether the person has to decide something


def concurrent_changes(form: Any, formsets: Iterable[Any]) -> ConcurrentChanges:
    """Return the concurrent changes of a checked form; empty where nothing was submitted."""
    news = ConcurrentChanges()
    for each in [form, *(row for formset in formsets for row in formset.forms)]:
        if meanwhile := getattr(each, "meanwhile", None):
            news.clashes += meanwhile.clashes
            news.kept += meanwhile.kept
        news.asks |= each.is_bound and _has_clash(each.errors.as_data())
    for formset in formsets:
        news.deleted += formset.deleted_meanwhile
        news.asks |= formset.is_bound and _is_clash(formset.non_form_errors().as_data())
        if news.asks:
            news.added += [str(row) for row in formset.added_meanwhile()]
    return news


def conflict_message(news: ConcurrentChanges) -> str:
    """Return the message after a save: what others changed meanwhile, and that it was not
    overwritten.
    """
    told = []
    if news.kept:
        names = ", ".join(dict.fromkeys(news.kept))
        told.append(
            _("Somebody else changed this meanwhile, and it is kept: %(names)s.") % {"names": names}
        )
    if news.deleted:
        text = ngettext(
            "%(count)d row was deleted by somebody else meanwhile.",
            "%(count)d rows were deleted by somebody else meanwhile.",
            news.deleted,
        )
        told.append(text % {"count": news.deleted})
    return " ".join(told)


def lock_row(model: type[models.Model], object_id: str) -> None:
    """Lock the row, if it exists, until the transaction ends."""
    if not connection.in_atomic_block:
        return
    rows = model._base_manager.select_for_update(no_key=True)
    try:
        list(rows.filter(pk=object_id).values_list("pk"))
    except (ValidationError, ValueError):  # no key at all: there is no such row
        return


def typed_in(model_admin: ModelAdmin, request: HttpRequest) -> list[tuple[str, str]]:
    """Return the submitted values of a row's form as pairs of field label and value."""
    if request.method != "POST":
        return []
    sent = ((name, "\n".join(values).strip()) for name, values in request.POST.lists())
    return [
        (_label(model_admin.model, name), _worded(model_admin.model, name, text))
        for name, text in sent
        if text and _is_typed(model_admin.model, name)
    ]


def gone_page(
    model_admin: ModelAdmin, request: HttpRequest, typed: list[tuple[str, str]]
) -> TemplateResponse:
    """Answer 404 to the save of a row that somebody deleted meanwhile; the page shows the submitted
    text.
    """
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("This was not saved"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "typed": typed,
        "may_add": model_admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/gone.html", context, status=404)


def _has_clash(errors: dict[str, list[ValidationError]]) -> bool:
    return any(_is_clash(said) for said in errors.values())


def _is_clash(errors: list[ValidationError]) -> bool:
    return any(error.code == "meanwhile" for error in errors)


def _is_typed(model: Any, name: str) -> bool:
    """Return whether a form has the field: that of the row, or that of an inline row."""
    is_field = _column(model, name) is not None or re.search(r"-[0-9]+-", name) is not None
    return is_field and not _NOT_TYPED.match(name)


def _column(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(re.sub(r"_[01]$", "", name))
    except FieldDoesNotExist:
        return None


def _label(model: Any, name: str) -> str:
    column = _column(model, name)
    return str(capfirst(getattr(column, "verbose_name", name)))


def _worded(model: Any, name: str, text: str) -> str:
    """Return the label of a chosen value; free text is returned as it is."""
    column = _column(model, name)
    if not isinstance(column, models.ForeignKey):
        return text
    try:
        row = column.remote_field.model._default_manager.filter(pk=text).first()
    except (ValidationError, ValueError):
        return text
    return str(row or text)
