"""Confirmation of deletions in the admin: the rows themselves, and the number of related rows per
model.

Django lists every related row, with one query for each; here a tag of a thousand talks is one line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin import AdminSite, ModelAdmin, actions
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.models.append_only import APPEND_ONLY

MOST_NAMED = 20
MOST_AT_ONCE = 200


@admin.action(
    permissions=["delete"],
    description=gettext_lazy("Delete selected %(verbose_name_plural)s"),
)
def delete_selected(
    model_admin: ModelAdmin, request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    """Django's action, for a limited number of rows: its confirmation page has a field for each."""
    if queryset.count() > MOST_AT_ONCE:
        text = _("At most %(count)d rows are deleted at once. Nothing was deleted.")
        model_admin.message_user(request, text % {"count": MOST_AT_ONCE}, messages.WARNING)
        return None
    return actions.delete_selected(model_admin, request, queryset)


class Deletion(NamedTuple):
    """What a deletion would delete, in the shape that `ModelAdmin.get_deleted_objects` returns."""

    named: list[str]
    counts: dict[str, int]
    missing_permissions: set[str]
    protected: list[str]


def preview_deletion(rows: Any, request: HttpRequest, site: AdminSite, instead: str) -> Deletion:
    """Return what deleting the rows would delete. The number of queries does not grow with them.

    Args:
        instead: what to do where related rows forbid the deletion, since it cannot be undone.
    """
    chosen = list(rows)
    if not chosen:
        return Deletion([], {}, set(), [])
    collector = NestedObjects(using=router.db_for_write(type(chosen[0])), origin=chosen)
    collector.collect(chosen)
    models: list[Any] = list(collector.model_objs)
    hanging = sorted({*collector.protected, *_kept(collector)}, key=lambda r: (r._meta.label, r.pk))
    return Deletion(
        named=_named(chosen, request, site),
        counts={str(m._meta.verbose_name_plural): len(collector.model_objs[m]) for m in models},
        missing_permissions=_missing(models, request, site),
        protected=refusal(hanging, _named(hanging, request, site), instead),
    )


def _kept(collector: NestedObjects) -> Iterator[Model]:
    """Yield the history rows that would be deleted too, which the database refuses."""
    found: dict[Any, Any] = collector.model_objs
    for model, rows in found.items():
        if model._meta.db_table in APPEND_ONLY:
            yield from rows


def refusal(hanging: Iterable[Model], names: list[str], instead: str) -> list[str]:
    """Return the `protected` list for Django: one sentence, then the names of the related rows."""
    kinds = Counter(type(row) for row in hanging)
    if not kinds:
        return []
    what = ", ".join(_counted(kind, number) for kind, number in kinds.items())
    sentence = _("Nothing was deleted, because something hangs on it: %(what)s.") % {"what": what}
    return [f"{sentence} {instead}", *names]


def _counted(kind: Any, number: int) -> str:
    opts = kind._meta
    return f"{number} {opts.verbose_name if number == 1 else opts.verbose_name_plural}"


def _named(rows: list[Any], request: HttpRequest, site: AdminSite) -> list[str]:
    names = [_link(row, request, site) for row in rows[:MOST_NAMED]]
    more = len(rows) - len(names)
    return [*names, _("… and %(count)d more") % {"count": more}] if more else names


def _link(row: Model, request: HttpRequest, site: AdminSite) -> str:
    """Return a link to the row in the admin; for a row that the person may not see,
    only its kind.
    """
    opts = row._meta
    registered = site.is_registered(type(row))
    if registered and not site.get_model_admin(type(row)).has_view_permission(request, row):
        return _("%(kind)s that you may not see") % {"kind": capfirst(opts.verbose_name)}
    try:
        address = reverse(f"{site.name}:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return f"{capfirst(opts.verbose_name)}: {row}"
    return format_html('{}: <a href="{}">{}</a>', capfirst(opts.verbose_name), address, row)


def _missing(models: Iterable[type[Model]], request: HttpRequest, site: AdminSite) -> set[str]:
    registered = [model for model in models if site.is_registered(model)]
    return {
        str(model._meta.verbose_name)
        for model in registered
        if not site.get_model_admin(model).has_delete_permission(request)
    }
