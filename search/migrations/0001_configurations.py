"""The extensions and text-search configurations that search stands on.

Both extensions are trusted: the role that migrates needs CREATE on the database, no superuser.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [UnaccentExtension(), TrigramExtension(), sql.make("0001_configurations")]
