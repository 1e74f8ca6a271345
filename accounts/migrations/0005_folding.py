"""How names and titles are compared: folded by the dictionary that the search folds with.

The body is parsed here and now, for an index is also made where no schema is searched for names,
as when a dump is restored. Both extensions are trusted: no superuser is needed.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

_MAKE = """
CREATE FUNCTION notes_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(lower(unaccent('unaccent'::regdictionary, normalize(words))), 'ς''`´', 'σ')
"""


class Migration(migrations.Migration):

    dependencies = [("accounts", "0004_old_addresses_stay")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(_MAKE, "DROP FUNCTION notes_fold(text)"),
    ]
