"""Slug field of a model, its check constraints, and the search for a free slug."""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, CheckConstraint, Model, Q
from django.utils.translation import gettext_lazy as _

from foundation.models.one_owner import taken_slugs
from foundation.text.slugs import SLUG_MAX_LENGTH, slug_of, unique_slug, validate_slug

# What no slug of any row holds, whoever wrote it. Python's rule (is_slug) is narrower.
_ONLY_ADDRESS_SIGNS = r"^[^[:space:][:cntrl:]/?#%&<>:.,;]+$"


class SlugColumn(CharField):
    """The slug of a row. Migrations see a plain text column."""

    def __init__(self, **options: Any):
        usual = {"max_length": SLUG_MAX_LENGTH, "blank": True, "validators": [validate_slug]}
        super().__init__(**{"verbose_name": _("address (slug)"), **usual, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", list(args), options


def free_slug(
    row: Model, text: str, *, fallback: str, reserved: Collection[str] = (), among: Q | None = None
) -> str:
    """Return a slug of the text for the row, new or saved, that no other row has or had.

    `among` says which rows it must differ from, where not from all. One query.
    """
    base = slug_of(text, fallback=fallback)[: SLUG_MAX_LENGTH - 10]
    condition = Q(slug__startswith=base) & (among or Q())
    taken = taken_slugs(type(row), condition, besides=row.pk)
    return unique_slug(text, taken=taken, fallback=fallback, reserved=reserved)


def slug_constraints(model: str, *, reserved: Collection[str] = ()) -> list[CheckConstraint]:
    """Return the check constraints for a model's slug; `model` is the prefix of their names."""
    constraints = [
        CheckConstraint(
            name=f"{model}_slug_is_an_address",
            condition=Q(slug__regex=_ONLY_ADDRESS_SIGNS),
            violation_error_message=_(
                "The address (slug) is empty or holds other signs than letters, digits, - and _."
            ),
        )
    ]
    if reserved:
        constraints.append(
            CheckConstraint(
                name=f"{model}_slug_is_not_reserved",
                condition=~Q(slug__in=sorted(reserved)),
                violation_error_message=_("This address (slug) is one of the site's own pages."),
            )
        )
    return constraints
