"""Days and moments within the years: refused from now on, which takes no look at the rows."""

import datetime
import django.db.models.functions.datetime
import foundation.models.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0002_bounded_moments'),
        ('speakers', '0002_bounded_moments'),
        ('talks', '0004_event_revisions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='tag',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        migrations.AlterField(
            model_name='talk',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        migrations.AlterField(
            model_name='talk',
            name='given_on',
            field=foundation.models.fields.DayField(blank=True, help_text='The day of the programme: a talk after midnight belongs to the day before.', null=True, verbose_name='day'),
        ),
        migrations.AlterField(
            model_name='talk',
            name='starts_at',
            field=foundation.models.fields.MomentField(blank=True, null=True, verbose_name='starts at'),
        ),
        AddConstraintNotValid(
            model_name='tag',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='tag_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('given_on__gte', datetime.date(1900, 1, 1)), ('given_on__lte', datetime.date(2200, 12, 31))), name='talk_given_on_is_within_the_years', violation_error_message='Give a day from 1 January 1900 to 31 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('starts_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='talk_starts_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='talk_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
    ]
