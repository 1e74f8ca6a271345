"""Impossible days and moments are mended, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from foundation.models.mending import MendYears


class Migration(migrations.Migration):
    # Apart from the one before: its locks are gone, and the checks here block neither reader nor writer.
    dependencies = [("conferences", "0002_bounded_moments")]

    operations = [
        MendYears("conferences_series", moments={"created_at": "now()"}),
        MendYears(
            "conferences_conference",
            days={"starts_on": "NULL", "ends_on": "NULL"},
            moments={"created_at": "now()"},
            following={"ends_on": ("starts_on", "NULL")},
        ),
        ValidateConstraint(model_name="conference", name="conference_starts_on_is_within_the_years"),
        ValidateConstraint(model_name="conference", name="conference_ends_on_is_within_the_years"),
        ValidateConstraint(model_name="conference", name="conference_created_at_is_within_the_years"),
        ValidateConstraint(model_name="series", name="series_created_at_is_within_the_years"),
        migrations.RemoveConstraint(model_name="conference", name="conference_dates_are_plausible"),
    ]
