"""Documents of talks and conferences with impossible days: such rows can be mended and deleted.

Migration 0014 brings these rules with its own, once the table has all the columns they fill.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0011_comments")]

    operations = []
