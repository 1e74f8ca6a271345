"""Documents for what the library holds already, a thousand objects at a time."""

from django.db import migrations

from search.migrations import sql

class Migration(migrations.Migration):
    dependencies = [("search", "0005_triggers")]

    operations = [sql.again("fill")]
