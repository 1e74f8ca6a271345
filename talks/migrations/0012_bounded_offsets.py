"""Offsets of recordings of at most a week: refused from now on, which takes no look at the rows."""

import django.core.validators
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0011_folded_names'),
    ]

    operations = [
        migrations.AlterField(
            model_name='recording',
            name='offset_seconds',
            field=models.IntegerField(default=0, help_text='How far into the video the talk begins.', validators=[django.core.validators.MinValueValidator(-604800), django.core.validators.MaxValueValidator(604800)], verbose_name='offset in seconds'),
        ),
        AddConstraintNotValid(
            model_name='recording',
            constraint=models.CheckConstraint(condition=models.Q(('offset_seconds__range', (-604800, 604800))), name='recording_offset_is_plausible', violation_error_message='A talk begins at most a week into its recording.'),
        ),
    ]
