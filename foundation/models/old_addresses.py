"""Change a row's slug or name; old URLs redirect and old names are still found.

Old slugs point at rows and never at other slugs, so each is one redirect away however often a row
is renamed. They belong to the row as long as it exists (`one_owner`): no other row gets them, and
the row itself may take one back. They are deleted with the row.
"""

from typing import Any, Self

from django.db import models, transaction

from foundation.models.fields import DerivedField
from foundation.text.names import name_key
from foundation.text.slugs import SLUG_MAX_LENGTH


class AddressedQuerySet:
    """Queryset of a model with a `slug`, whose former slugs are `old_slugs`."""

    def at_old_address(self, slug: str) -> Self:
        """Return the row that had this slug before."""
        rows: Any = self
        return rows.filter(old_slugs__slug=slug)


class OldAddress(models.Model):
    """Abstract model: a slug that a row had before."""

    slug = models.CharField(max_length=SLUG_MAX_LENGTH, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


@transaction.atomic
def change_address(row: Any, *, slug: str) -> None:
    """Give a row with a `slug` and `old_slugs` another slug, and keep the old one as a redirect.

    Other columns are not written. URLs below it, such as those of a conference's talks, change with
    it; their old forms redirect too.

    Args:
        row: a saved instance; only its slug is read from and written to the database.
        slug: the new slug. Its present slug changes nothing.

    At most four queries. Raises IntegrityError where another row has or had the new slug.
    """
    rows = type(row)._default_manager.select_for_update()
    former = rows.values_list("slug", flat=True).get(pk=row.pk)
    row.slug = slug
    if former == slug:
        return
    row.save(update_fields=["slug"])
    kept = row.old_slugs
    kept.filter(slug=slug).delete()
    kept.bulk_create([kept.model(slug=former, **{kept.field.name: row})], ignore_conflicts=True)


@transaction.atomic
def change_name(row: Any, *, name: str | None = None, slug: str | None = None, **kept: Any) -> None:
    """Give a row with `name`, `slug` and `aliases` another name, another slug, or both.

    Args:
        row: a saved instance; None for name or slug leaves it as it is.
        kept: further columns of the alias that stores the former values.

    The former name and slug become an alias, unless the name differs only in capitals; a live value
    is no alias. A slug alone is stored without a name. At most eight queries. Raises IntegrityError
    where another row has or had the slug, or the name is unique and taken.
    """
    former = type(row)._default_manager.select_for_update().get(pk=row.pk)
    row.name = former.name if name is None else name
    row.slug = former.slug if slug is None else slug
    if (row.name, row.slug) == (former.name, former.slug):
        return
    row.save(update_fields=["name", "slug", *_made_from_names(type(row))])
    _release(row.aliases.filter(slug__in=[row.slug, former.slug]))
    _forget_live_name(row)
    _keep(row, former, kept)


def _release(aliases: Any) -> None:
    """Clear the slugs of a row's aliases; delete an alias that then holds nothing."""
    aliases.filter(key="").delete()
    aliases.update(slug=None)


def _forget_live_name(row: Any) -> None:
    own = row.aliases.filter(key=row.key)
    own.filter(slug=None).delete()
    own.update(name="", **dict.fromkeys(_made_from_names(own.model), ""))


def _made_from_names(model: type[models.Model]) -> list[str]:
    derived = (field for field in model._meta.fields if isinstance(field, DerivedField))
    return [field.attname for field in derived if field.source == "name"]


def _keep(row: Any, former: Any, kept: dict[str, Any]) -> None:
    key = name_key(former.name)
    is_kept = key == row.key or row.aliases.filter(key=key).exists()
    name = "" if is_kept else former.name
    slug = former.slug if former.slug != row.slug else None
    if name or slug:
        row.aliases.create(name=name, slug=slug, **kept)
