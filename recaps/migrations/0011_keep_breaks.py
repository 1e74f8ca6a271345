"""Recaps may keep their line breaks. Those that exist are shown as they were: with lines joined."""

from django.db import migrations, models

CHOICES = [
    (None, "as the text suggests"),
    (True, "keep them as typed"),
    (False, "join the lines of a paragraph"),
]
SETTINGS = {
    "null": True,
    "blank": True,
    "choices": CHOICES,
    "help_text": "A text of one thought per line suggests keeping them; wrapped lines do not.",
    "verbose_name": "line breaks",
}


class Migration(migrations.Migration):
    dependencies = [("recaps", "0010_moments_within_the_years")]

    operations = [
        # PostgreSQL writes no row for a column with a default.
        migrations.AddField("recap", "keep_breaks", models.BooleanField(default=False, **SETTINGS)),
        migrations.AlterField("recap", "keep_breaks", models.BooleanField(**SETTINGS)),
    ]
