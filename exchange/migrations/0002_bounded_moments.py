"""Days and moments within the years: refused from now on, which takes no look at the rows."""

import datetime
import django.db.models.functions.datetime
import foundation.models.fields
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0002_bounded_moments'),
        ('exchange', '0001_first_tables'),
        ('talks', '0005_bounded_moments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='importedrecord',
            name='gone_at',
            field=foundation.models.fields.MomentField(blank=True, null=True, verbose_name='no longer in the source since'),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='finished_at',
            field=foundation.models.fields.MomentField(blank=True, null=True, verbose_name='finished at'),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='started_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), verbose_name='started at'),
        ),
        migrations.AlterField(
            model_name='importsource',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        AddConstraintNotValid(
            model_name='importedrecord',
            constraint=models.CheckConstraint(condition=models.Q(('gone_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('gone_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='imported_record_gone_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('started_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('started_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='import_run_started_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('finished_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('finished_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='import_run_finished_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='importsource',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='import_source_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
    ]
