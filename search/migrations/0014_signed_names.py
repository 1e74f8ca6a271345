"""Documents by the rules of 0013: names that only a sign tells apart are words of their own.

All documents are made anew, in a transaction of its own: it holds no lock on the table itself.
"""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0013_made_with")]

    operations = [
        sql.fill("0014_fill"),
        migrations.RunSQL("SELECT search_rebuild_words()", migrations.RunSQL.noop),
    ]
