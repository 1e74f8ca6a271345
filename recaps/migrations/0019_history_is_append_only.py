"""The versions of recaps are only added to."""

from django.db import migrations

from foundation.models.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("recaps", "0018_deletions_are_refused")]

    operations = [AppendOnly("recaps_recapversion")]
