"""Changed titles bring their words, and missing words are found."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0014_signed_names")]

    operations = [sql.make("0015_words_of_changes")]
