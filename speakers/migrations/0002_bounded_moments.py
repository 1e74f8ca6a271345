"""Days and moments within the years: refused from now on, which takes no look at the rows."""

import datetime
import django.db.models.functions.datetime
import foundation.models.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('speakers', '0001_first_tables'),
    ]

    operations = [
        migrations.AlterField(
            model_name='speaker',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        AddConstraintNotValid(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='speaker_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
    ]
