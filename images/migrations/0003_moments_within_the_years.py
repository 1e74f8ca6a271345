"""Impossible days and moments are mended, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from foundation.models.mending import MendYears


class Migration(migrations.Migration):
    # Apart from the one before: its locks are gone, and the checks here block neither reader nor writer.
    dependencies = [("images", "0002_bounded_moments")]

    operations = [
        MendYears("images_image", moments={"created_at": "now()"}),
        ValidateConstraint(model_name="image", name="image_created_at_is_within_the_years"),
    ]
