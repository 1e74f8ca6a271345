"""Every write to the library refreshes the documents that show it."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0004_document_rows")]

    operations = [sql.make("0005_triggers")]
