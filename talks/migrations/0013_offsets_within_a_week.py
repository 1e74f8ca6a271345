"""Impossible offsets become none, each listed with its old value; then all are checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

LONGEST = 7 * 24 * 3600


def mend(apps, editor):
    recordings = apps.get_model("talks", "Recording").objects.using(editor.connection.alias)
    impossible = recordings.exclude(offset_seconds__range=(-LONGEST, LONGEST))
    for key, old in impossible.order_by("pk").values_list("pk", "offset_seconds"):
        print(f"  talks_recording {key}: offset_seconds was {old}, is now 0")
    impossible.update(offset_seconds=0)


class Migration(migrations.Migration):
    # Apart from the one before: its lock is gone, and the check here blocks neither reader nor writer.
    dependencies = [("talks", "0012_bounded_offsets")]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
        ValidateConstraint(model_name="recording", name="recording_offset_is_plausible"),
    ]
