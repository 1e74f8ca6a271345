"""Days and moments within the years: refused from now on, which takes no look at the rows."""

import datetime
import django.db.models.functions.datetime
import foundation.models.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0001_first_tables'),
    ]

    operations = [
        migrations.AlterField(
            model_name='conference',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        migrations.AlterField(
            model_name='conference',
            name='ends_on',
            field=foundation.models.fields.DayField(blank=True, null=True, verbose_name='last day'),
        ),
        migrations.AlterField(
            model_name='conference',
            name='starts_on',
            field=foundation.models.fields.DayField(blank=True, null=True, verbose_name='first day'),
        ),
        migrations.AlterField(
            model_name='series',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        AddConstraintNotValid(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__gte', datetime.date(1900, 1, 1)), ('starts_on__lte', datetime.date(2200, 12, 31))), name='conference_starts_on_is_within_the_years', violation_error_message='Give a day from 1 January 1900 to 31 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', datetime.date(1900, 1, 1)), ('ends_on__lte', datetime.date(2200, 12, 31))), name='conference_ends_on_is_within_the_years', violation_error_message='Give a day from 1 January 1900 to 31 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='conference_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='series_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
    ]
