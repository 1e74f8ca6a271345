"""No text without a limit. Longer ones that exist are listed, and stay until they are changed."""

from django.db import migrations

from foundation.models.long_texts import bounded


_LIMITS = [
    bounded("recap", "summary", 1_000, name="recap_summary_is_bounded"),
    bounded("recapversion", "summary", 1_000, name="recap_version_summary_is_bounded"),
    bounded("recapversion", "body", 200_000, name="recap_version_body_is_bounded"),
    bounded("starttext", "body", 10_000, name="start_text_body_is_bounded"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("recaps", "0016_stale_recaps"),
    ]

    operations = [
        *(listing for listing, _check in _LIMITS),
        *(check for _listing, check in _LIMITS),
    ]
