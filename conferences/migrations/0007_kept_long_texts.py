"""Limits of texts are for new ones: a row with a longer one can be changed otherwise."""

import foundation.models.long_texts
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0006_deletions_are_refused'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='conference',
            name='conference_description_is_bounded',
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=foundation.models.long_texts.TextLimit(field='description', most=100000, name='conference_description_is_limited', violation_error_message='The text is too long.'),
        ),
    ]
