"""Calendars say how often their events have changed."""

from django.db import migrations

from foundation.page_cache.triggers import WatchTables


class Migration(migrations.Migration):
    dependencies = [
        ("page_cache", "0004_site_identity"),
        ("talks", "0004_event_revisions"),
    ]
    operations = [WatchTables("talks_eventrevision")]
