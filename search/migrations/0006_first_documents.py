"""Documents for what the library holds already: migration 0014 makes them, by its own rules."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0005_triggers")]

    operations = []
