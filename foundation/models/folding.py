"""Names and titles as a search compares them: without accents, capitals, marks and apostrophes.

The folding is PostgreSQL's, by the dictionary that the site's search folds with: ł is l, ß is ss,
e with a mark is e however it is encoded. So it holds for every row, whoever wrote it, and indexes
of trigrams find a part of a name among a million. `title__folded__contains=Folded(Value(…))`.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import CharField, TextField, Transform


class Folded(Transform):
    """The text as it is compared; of both sides, or nothing is found."""

    lookup_name = "folded"
    function = "notes_fold"  # made by a migration of accounts, on which all others stand
    output_field = TextField()


CharField.register_lookup(Folded)
TextField.register_lookup(Folded)


def folded_index(column: str, *, name: str) -> GinIndex:
    """Return the index by which a part of the column's text is found, folded."""
    return GinIndex(OpClass(Folded(column), name="gin_trgm_ops"), name=name)
