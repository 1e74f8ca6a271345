"""Documents of talks and conferences with impossible days: such rows can be mended and deleted.

Migration 0013 brings these rules with its own, and the column that they fill.
"""

from django.db import migrations


class Migration(migrations.Migration):
    # Rows are mended before: that fires the triggers, which then are still those of one state.
    dependencies = [
        ("search", "0011_comments"),
        ("conferences", "0003_moments_within_the_years"),
        ("recaps", "0010_moments_within_the_years"),
        ("speakers", "0003_moments_within_the_years"),
        ("talks", "0006_moments_within_the_years"),
    ]

    operations = []
