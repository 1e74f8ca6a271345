"""Accent- and case-insensitive comparison of names and titles: `Folded` and its trigram index.

PostgreSQL does the folding, by the dictionary that the site's search uses: ł is l, ß is ss, e with
a mark is e however it is encoded; capitals, marks and apostrophes are ignored. So it holds for all
rows, and trigram indexes find a part of a name among a million.
`title__folded__contains=Folded(Value(…))`.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import CharField, TextField, Transform


class Folded(Transform):
    """The folded text. Fold both sides of a comparison, or nothing matches."""

    lookup_name = "folded"
    function = "notes_fold"  # made by a migration of accounts, on which all others stand
    output_field = TextField()


CharField.register_lookup(Folded)
TextField.register_lookup(Folded)


def folded_index(column: str, *, name: str) -> GinIndex:
    """Return the trigram index of the column's folded text."""
    return GinIndex(OpClass(Folded(column), name="gin_trgm_ops"), name=name)
