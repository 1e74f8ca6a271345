"""What each document ought to say, and how documents are brought to say it."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0003_cascades")]

    operations = [
        sql.run("texts"),
        sql.run("topics"),
        sql.run("around"),
        sql.run("rows"),
        sql.run("differs"),
        sql.run("refresh"),
    ]
