"""Pages of authors show a line about them, and their links."""

from django.db import migrations

from foundation.page_cache.triggers import WatchTables

_LEAVE = "DROP TRIGGER content_changed ON accounts_user"
_BEFORE = """
    CREATE TRIGGER content_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE
    OF public_name, slug ON accounts_user FOR EACH STATEMENT EXECUTE FUNCTION content_changed()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("page_cache", "0005_event_revisions"),
        ("accounts", "0006_about_authors"),
    ]
    operations = [
        migrations.RunSQL(_LEAVE, _BEFORE),
        WatchTables("accounts_user", columns=("public_name", "slug", "about", "links")),
    ]
