"""Names that only a sign tells apart are words of their own; days of recaps are the site's.

All documents are made anew, in a transaction of its own: it holds no lock on the table itself.
"""

from django.conf import settings
from django.db import migrations

from search.migrations import sql


def keep_zone(apps, schema_editor):
    zones = apps.get_model("search", "SiteZone").objects.using(schema_editor.connection.alias)
    zones.update_or_create(pk=1, defaults={"time_zone": settings.TIME_ZONE})


class Migration(migrations.Migration):
    dependencies = [("search", "0013_made_with")]

    operations = [
        migrations.RunPython(keep_zone, migrations.RunPython.noop),
        sql.run("making"),
        sql.again("texts"),
        sql.again("rows"),
        sql.again("differs"),
        sql.again("refresh"),
        # What these hold is computed by the texts' rules.
        migrations.RunSQL("REINDEX INDEX search_tag_by_words", migrations.RunSQL.noop),
        migrations.RunSQL("REINDEX INDEX search_tag_alias_by_words", migrations.RunSQL.noop),
        sql.again("fill"),
        migrations.RunSQL("SELECT search_rebuild_words()", migrations.RunSQL.noop),
    ]
