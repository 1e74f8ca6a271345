"""Each document says what it was made with, and the site's zone stands where triggers find it."""

from django.db import migrations, models


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
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["made_with"], name="document_by_making"),
        ),
    ]
