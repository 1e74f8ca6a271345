"""The search page shows search documents, and spellings of words."""

from django.db import migrations

from foundation.page_cache.triggers import WatchTables


class Migration(migrations.Migration):
    # Rebuilding search writes them when nothing else changes.
    dependencies = [("page_cache", "0001_content_version"), ("search", "0008_words")]
    operations = [WatchTables("search_searchdocument", "search_searchword")]
