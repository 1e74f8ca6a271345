"""Days and moments within the years: refused from now on, which takes no look at the rows."""

import datetime
import django.db.models.functions.datetime
import django.utils.timezone
import foundation.models.fields
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0002_bounded_moments'),
        ('recaps', '0008_recap_topics'),
        ('talks', '0005_bounded_moments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='recap',
            name='created_at',
            field=foundation.models.fields.MomentField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at'),
        ),
        migrations.AlterField(
            model_name='recap',
            name='deleted_at',
            field=foundation.models.fields.MomentField(editable=False, null=True, verbose_name='in the bin since'),
        ),
        migrations.AlterField(
            model_name='recap',
            name='published_at',
            field=foundation.models.fields.MomentField(blank=True, help_text='A moment to come schedules the recap: it appears by itself.', null=True, verbose_name='published at'),
        ),
        migrations.AlterField(
            model_name='recap',
            name='submitted_at',
            field=foundation.models.fields.MomentField(blank=True, editable=False, null=True, verbose_name='submitted at'),
        ),
        migrations.AlterField(
            model_name='recap',
            name='updated_at',
            field=foundation.models.fields.MomentField(default=django.utils.timezone.now, editable=False, verbose_name='text changed at'),
        ),
        migrations.AlterField(
            model_name='recapversion',
            name='saved_at',
            field=foundation.models.fields.MomentField(default=django.utils.timezone.now, verbose_name='saved at'),
        ),
        migrations.AlterField(
            model_name='workingcopy',
            name='seen_at',
            field=foundation.models.fields.MomentField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name='workingcopy',
            name='typed_at',
            field=foundation.models.fields.MomentField(default=django.utils.timezone.now),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('published_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='recap_published_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('submitted_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='recap_submitted_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('updated_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('updated_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='recap_updated_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('deleted_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('deleted_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='recap_deleted_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('created_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('created_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='recap_created_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='recapversion',
            constraint=models.CheckConstraint(condition=models.Q(('saved_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('saved_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='recap_version_saved_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='workingcopy',
            constraint=models.CheckConstraint(condition=models.Q(('typed_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('typed_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='working_copy_typed_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='workingcopy',
            constraint=models.CheckConstraint(condition=models.Q(('seen_at__gte', datetime.datetime(1900, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)), ('seen_at__lte', datetime.datetime(2200, 12, 30, 0, 0, tzinfo=datetime.timezone.utc))), name='working_copy_seen_at_is_within_the_years', violation_error_message='Give a moment from 2 January 1900 to 29 December 2200.'),
        ),
    ]
