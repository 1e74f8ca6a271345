"""No text without a limit. Longer ones that exist are listed, and stay until they are changed."""

from django.db import migrations

from foundation.models.long_texts import bounded


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0015_languages_are_tags"),
    ]

    operations = [
        *bounded("talk", "abstract", 100_000, name="talk_abstract_is_bounded"),
    ]
