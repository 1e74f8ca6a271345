"""Impossible days and moments are mended, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from foundation.models.mending import MendYears


class Migration(migrations.Migration):
    # Apart from the one before: its locks are gone, and the checks here block neither reader nor writer.
    dependencies = [("speakers", "0002_bounded_moments")]

    operations = [
        MendYears("speakers_speaker", moments={"created_at": "now()"}),
        ValidateConstraint(model_name="speaker", name="speaker_created_at_is_within_the_years"),
    ]
