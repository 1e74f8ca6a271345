"""Documents by the rules of 0013: names that only a sign tells apart are words of their own.

All documents are made anew, two hundred at a time, each committed: who saves one waits no longer.
"""

from django.db import migrations, models

from foundation.models.concurrent_index import AddConcurrentIndex
from search.migrations import sql


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("search", "0013_made_with")]

    operations = [
        AddConcurrentIndex(
            model_name="searchdocument",
            index=models.Index(fields=["made_with"], name="document_by_making"),
        ),
        sql.fill("0014_fill"),
        migrations.RunSQL("SELECT search_rebuild_words()", migrations.RunSQL.noop),
    ]
