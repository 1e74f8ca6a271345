"""Limits of texts are for new ones: a row with a longer one can be changed otherwise."""

import foundation.models.long_texts
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('speakers', '0006_bounded_texts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='speaker',
            name='speaker_bio_is_bounded',
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=foundation.models.long_texts.TextLimit(field='bio', most=100000, name='speaker_bio_is_limited', violation_error_message='The text is too long.'),
        ),
    ]
