"""No text without a limit. Longer ones that exist are listed, and stay until they are changed."""

from django.db import migrations

from foundation.models.long_texts import bounded


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0005_folded_names"),
    ]

    operations = [
        *bounded("speaker", "bio", 100_000, name="speaker_bio_is_bounded"),
    ]
