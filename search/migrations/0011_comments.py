"""Comments in texts are for no reader: search does not find them, nor show them."""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0010_seams_and_days")]

    operations = [sql.replace("0004_texts", "0011_texts"), sql.fill("0011_comments")]
