"""Documents for what the library holds already: migration 0014 makes them, by the rules of its time."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0005_triggers")]

    operations = []
