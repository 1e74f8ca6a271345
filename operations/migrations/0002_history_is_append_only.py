"""The log of the admin is only added to."""

from django.db import migrations

from foundation.models.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0001_site_identity"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [AppendOnly("django_admin_log")]
