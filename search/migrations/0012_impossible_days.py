"""Documents of talks and conferences with impossible days: such rows can be mended and deleted."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0011_comments")]

    operations = [sql.again("rows")]
