"""The site's identity. A library that has given ids out already keeps the origin they have."""

from django.conf import settings
from django.db import migrations, models

import foundation.models.fields


def keep_what_was_given_out(apps, schema_editor):
    using = schema_editor.connection.alias
    if apps.get_model("conferences", "Conference").objects.using(using).exists():
        identities = apps.get_model("operations", "SiteIdentity").objects.using(using)
        identities.create(origin=settings.SITE_URL)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("conferences", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="SiteIdentity",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("origin", foundation.models.fields.WebAddressField(editable=False, max_length=2000, verbose_name="origin of ids")),
            ],
            options={
                "verbose_name": "identity of the site",
                "verbose_name_plural": "identity of the site",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="site_identity_is_one"),
                    models.CheckConstraint(
                        condition=models.Q(("origin__regex", "^https?://[^[:space:]]+$")),
                        name="site_identity_is_a_web_address",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_what_was_given_out, migrations.RunPython.noop),
    ]
