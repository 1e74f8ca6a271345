"""Comments in texts are for no reader: search does not find them, nor show them."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0010_seams_and_days")]

    operations = [sql.again("texts"), sql.again("comments")]
