"""Feeds and calendars say ids that are made from the site's identity."""

from django.db import migrations

from foundation.page_cache.triggers import WatchTables


class Migration(migrations.Migration):
    dependencies = [
        ("page_cache", "0003_kept_for_pages"),
        ("operations", "0001_site_identity"),
    ]
    operations = [WatchTables("operations_siteidentity")]
