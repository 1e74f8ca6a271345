"""Pages show kept counts, which change by themselves only where they were wrong."""

from django.db import migrations

from page_cache.watching import WatchTables


class Migration(migrations.Migration):
    dependencies = [("page_cache", "0002_search"), ("counts", "0001_kept_counts")]
    operations = [WatchTables("counts_keptcount")]
