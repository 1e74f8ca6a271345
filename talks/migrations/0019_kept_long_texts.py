"""Limits of texts are for new ones: a row with a longer one can be changed otherwise."""

import foundation.models.long_texts
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0007_kept_long_texts'),
        ('speakers', '0007_kept_long_texts'),
        ('talks', '0018_deletions_are_refused'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='talk',
            name='talk_abstract_is_bounded',
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=foundation.models.long_texts.TextLimit(field='abstract', most=100000, name='talk_abstract_is_limited', violation_error_message='The text is too long.'),
        ),
    ]
