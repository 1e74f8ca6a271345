"""Pages show kept counts and topics of recaps, which change by themselves only when mended."""

from django.db import migrations

from foundation.page_cache.triggers import WatchTables


class Migration(migrations.Migration):
    dependencies = [
        ("page_cache", "0002_search"),
        ("counts", "0001_kept_counts"),
        ("recaps", "0008_recap_topics"),
    ]
    operations = [WatchTables("counts_keptcount", "recaps_recaptopic")]
