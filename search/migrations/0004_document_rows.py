"""What each document ought to say, and how documents are brought to say it."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0003_cascades")]

    operations = [
        sql.make("0004_texts"),
        sql.make("0004_topics"),
        sql.make("0004_around"),
        sql.make("0004_rows"),
        sql.make("0004_differs"),
        sql.make("0004_refresh"),
    ]
