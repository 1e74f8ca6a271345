"""No text without a limit. Longer ones that exist are listed, and stay until they are changed."""

from django.db import migrations

from foundation.models.long_texts import bounded


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0004_old_addresses_stay"),
    ]

    operations = [
        *bounded("conference", "description", 100_000, name="conference_description_is_bounded"),
    ]
