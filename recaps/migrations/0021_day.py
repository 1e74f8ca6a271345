"""The day that a conference's recap is about. The next migration looks at the rows that exist."""

import datetime
import foundation.models.fields
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0007_kept_long_texts'),
        ('recaps', '0020_kept_long_texts'),
        ('talks', '0020_names_take_turns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='recap',
            name='day',
            field=foundation.models.fields.DayField(blank=True, help_text="Where a conference's recap is about one of its days.", null=True, verbose_name='day'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('day__gte', datetime.date(1900, 1, 1)), ('day__lte', datetime.date(2200, 12, 31))), name='recap_day_is_within_the_years', violation_error_message='Give a day from 1 January 1900 to 31 December 2200.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('day__isnull', True), ('conference__isnull', False), _connector='OR'), name='recap_day_is_of_a_conference', violation_error_message="A day is that of a conference's recap."),
        ),
    ]
