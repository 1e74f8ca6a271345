"""Impossible days and moments are mended, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from foundation.models.mending import MendYears


class Migration(migrations.Migration):
    # Apart from the one before: its locks are gone, and the checks here block neither reader nor writer.
    dependencies = [("recaps", "0009_bounded_moments")]

    operations = [
        MendYears(
            "recaps_recap",
            moments={
                "published_at": "NULL",
                "submitted_at": "now()",
                "updated_at": "now()",
                "deleted_at": "now()",
                "created_at": "now()",
            },
            following={"status": ("published_at", "'draft'")},
        ),
        MendYears("recaps_recapversion", moments={"saved_at": "now()"}),
        MendYears(
            "recaps_workingcopy",
            moments={"typed_at": "now()", "seen_at": "now()"},
        ),
        ValidateConstraint(model_name="recap", name="recap_published_at_is_within_the_years"),
        ValidateConstraint(model_name="recap", name="recap_submitted_at_is_within_the_years"),
        ValidateConstraint(model_name="recap", name="recap_updated_at_is_within_the_years"),
        ValidateConstraint(model_name="recap", name="recap_deleted_at_is_within_the_years"),
        ValidateConstraint(model_name="recap", name="recap_created_at_is_within_the_years"),
        ValidateConstraint(model_name="recapversion", name="recap_version_saved_at_is_within_the_years"),
        ValidateConstraint(model_name="workingcopy", name="working_copy_typed_at_is_within_the_years"),
        ValidateConstraint(model_name="workingcopy", name="working_copy_seen_at_is_within_the_years"),
    ]
