"""Each document says what it was made with, and the site's zone stands where triggers find it.

The rules that fill the new column come with it: no write falls between the two.
"""

from django.conf import settings
from django.db import migrations, models

from search.migrations import sql

# What these hold is computed by the texts' rules.
OF_TAGS = [f"REINDEX INDEX search_{table}_by_words" for table in ("tag", "tag_alias")]


def keep_zone(apps, schema_editor):
    zones = apps.get_model("search", "SiteZone").objects.using(schema_editor.connection.alias)
    zones.update_or_create(pk=1, defaults={"time_zone": settings.TIME_ZONE})


class Migration(migrations.Migration):
    dependencies = [("search", "0012_impossible_days")]

    operations = [
        migrations.CreateModel(
            name="SiteZone",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("time_zone", models.TextField()),
            ],
            options={
                "verbose_name": "time zone of the site",
                "verbose_name_plural": "time zone of the site",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="site_zone_is_one"),
                ],
            },
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="made_with",
            field=models.TextField(db_default=""),
        ),
        migrations.RunPython(keep_zone, migrations.RunPython.noop),
        sql.make("0013_making"),
        sql.make("0013_spelled"),
        *(migrations.RunSQL(migrations.RunSQL.noop, again) for again in OF_TAGS),
        sql.replace("0011_texts", "0013_texts"),
        sql.replace("0004_rows", "0013_rows"),
        sql.replace("0004_differs", "0013_differs"),
        sql.replace("0004_refresh", "0013_refresh"),
        *(migrations.RunSQL(again, migrations.RunSQL.noop) for again in OF_TAGS),
    ]
