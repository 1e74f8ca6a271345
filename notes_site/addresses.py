"""A row gets another address, and the one it had goes on working.

Old addresses point at rows and never at other addresses, so however often a row is renamed, each
of its old addresses is one step away. A live address wins: what is given to a row is nobody's
old address any longer.
"""

from typing import Any

from django.db import models, transaction


@transaction.atomic
def change_address(row: models.Model, *, slug: str) -> str:
    """Give a row with a `slug` and `old_slugs` another address, and keep the one it had.

    Args:
        row: a saved instance; only its address is read from and written to the database.
        slug: the new address. Giving the one it has changes nothing.

    Returns the address it had. At most four queries. Raises IntegrityError where another row has
    the new address.
    """
    rows: Any = type(row)._default_manager
    former: str = rows.select_for_update().values_list("slug", flat=True).get(pk=row.pk)
    row.slug = slug  # type: ignore[attr-defined]  # -- every model with old_slugs has it
    if former == slug:
        return former
    row.save(update_fields=["slug"])
    kept: Any = row.old_slugs  # type: ignore[attr-defined]  # -- see above
    kept.model._default_manager.filter(slug=slug).delete()
    kept.model._default_manager.bulk_create(
        [kept.model(slug=former, **{kept.field.name: row})],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[kept.field.name],
    )
    return former
