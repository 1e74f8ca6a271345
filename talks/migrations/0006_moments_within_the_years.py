"""Impossible days and moments are mended, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from foundation.models.mending import MendYears


class Migration(migrations.Migration):
    # Apart from the one before: its locks are gone, and the checks here block neither reader nor writer.
    dependencies = [("talks", "0005_bounded_moments")]

    operations = [
        MendYears("talks_tag", moments={"created_at": "now()"}),
        MendYears(
            "talks_talk",
            days={"given_on": "NULL"},
            moments={"starts_at": "NULL", "created_at": "now()"},
            following={"starts_at": ("given_on", "NULL")},
        ),
        ValidateConstraint(model_name="tag", name="tag_created_at_is_within_the_years"),
        ValidateConstraint(model_name="talk", name="talk_given_on_is_within_the_years"),
        ValidateConstraint(model_name="talk", name="talk_starts_at_is_within_the_years"),
        ValidateConstraint(model_name="talk", name="talk_created_at_is_within_the_years"),
        migrations.RemoveConstraint(model_name="talk", name="talk_day_is_plausible"),
    ]
