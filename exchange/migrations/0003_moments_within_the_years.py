"""Impossible days and moments are mended, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from foundation.models.mending import MendYears


class Migration(migrations.Migration):
    # Apart from the one before: its locks are gone, and the checks here block neither reader nor writer.
    dependencies = [("exchange", "0002_bounded_moments")]

    operations = [
        MendYears("exchange_importsource", moments={"created_at": "now()"}),
        MendYears(
            "exchange_importrun",
            moments={"started_at": "now()", "finished_at": "NULL"},
        ),
        MendYears("exchange_importedrecord", moments={"gone_at": "now()"}),
        ValidateConstraint(model_name="importedrecord", name="imported_record_gone_at_is_within_the_years"),
        ValidateConstraint(model_name="importrun", name="import_run_started_at_is_within_the_years"),
        ValidateConstraint(model_name="importrun", name="import_run_finished_at_is_within_the_years"),
        ValidateConstraint(model_name="importsource", name="import_source_created_at_is_within_the_years"),
    ]
