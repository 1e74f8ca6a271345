"""In a transaction of its own: rows can be read and written while they are looked at."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('recaps', '0021_day'),
    ]

    operations = [
        ValidateConstraint('recap', 'recap_day_is_within_the_years'),
        ValidateConstraint('recap', 'recap_day_is_of_a_conference'),
    ]
