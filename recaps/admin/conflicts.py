"""What the admin shows where a recap cannot be saved as it was typed: both texts, nothing lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import display_for_field
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from recaps.diff import TextDifference, text_differences, texts_of
from recaps.forms import RecapForm
from recaps.models import Recap, RecapVersion
from recaps.writing import TEXT_FIELDS


@dataclass(frozen=True)
class ValueDifference:
    """One other field that the two do not have the same."""

    label: str
    theirs: str


@dataclass(frozen=True)
class Conflict:
    """What somebody else saved in the meantime, beside what was typed."""

    last: RecapVersion | None  # of the text
    texts: list[TextDifference]
    values: list[ValueDifference]


def conflict_of(form: RecapForm) -> Conflict:
    """Return what a form in conflict has to show. Four queries; the form is not changed."""
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


def gone_page(model_admin: ModelAdmin, request: HttpRequest) -> TemplateResponse:
    """Answer a save of what is not there for this person: 404, with everything that was typed."""
    typed = {name: request.POST[name] for name in TEXT_FIELDS if name in request.POST}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("This was not saved"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "texts": text_differences({}, typed),
    }
    return TemplateResponse(request, "admin/recaps/recap/gone.html", context, status=404)


def refused_page(
    model_admin: ModelAdmin, request: HttpRequest, recap: Recap, *, status: int
) -> TemplateResponse:
    """Answer a save of what may no longer be written: with everything that was typed."""
    typed = {name: request.POST[name] for name in TEXT_FIELDS if name in request.POST}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("This was not saved"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "recap": recap,
        "texts": text_differences(texts_of(recap), typed),
        "address": model_admin.get_view_on_site_url(recap),
    }
    template = "admin/recaps/recap/refused.html"
    return TemplateResponse(request, template, context, status=status)


def _value(form: RecapForm, current: Recap, name: str) -> ValueDifference:
    field = form.fields[name]
    label = str(field.label or name)
    if name == "tags":  # pragma: no cover -- shown like every other field, which tests compare
        return ValueDifference(label, field.prepare_value(form.initial.get(name)) or "–")
    column: Any = Recap._meta.get_field(name)
    return ValueDifference(label, str(display_for_field(getattr(current, name), column, "–")))
