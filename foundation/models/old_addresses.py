"""A row gets another address or name, and the ones it had go on working.

Old addresses point at rows and never at other addresses, so however often a row is renamed, each
of its old addresses is one step away. They stay the row's as long as it is there (`one_owner`):
no other row gets them, and it may itself take one back. With the row they go.
"""

from typing import Any, Self

from django.db import models, transaction

from foundation.models.fields import DerivedField
from foundation.text.names import name_key
from foundation.text.slugs import SLUG_MAX_LENGTH


class AddressedQuerySet:
    """Questions about rows with a `slug` whose former ones are `old_slugs`."""

    def at_old_address(self, slug: str) -> Self:
        """Return the row that had this address before."""
        rows: Any = self
        return rows.filter(old_slugs__slug=slug)


class OldAddress(models.Model):
    """An address that a row had before."""

    slug = models.CharField(max_length=SLUG_MAX_LENGTH, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


@transaction.atomic
def change_address(row: Any, *, slug: str) -> None:
    """Give a row with a `slug` and `old_slugs` another address, and keep the one it had.

    The rest of the row is left alone. Addresses below it, as those of a conference's talks,
    change with it; their old ones are looked up below it too.

    Args:
        row: a saved instance; only its address is read from and written to the database.
        slug: the new address. Giving the one it has changes nothing.

    At most four queries. Raises IntegrityError where another row has the new address, or had it.
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
    """Give a row with `name`, `slug` and `aliases` another name, another address, or both.

    Args:
        row: a saved instance; None for name or slug leaves it as it is.
        kept: further columns of the alias that keeps what the row had.

    Former ones become an alias, unless they differ in capitals alone; what is live is no alias.
    An address alone is kept without a name. At most eight queries. Raises IntegrityError where
    another row has or had the address, or may alone have the name.
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
    """Take the addresses from a row's aliases; one that says nothing else goes."""
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
