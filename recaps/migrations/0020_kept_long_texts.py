"""Limits of texts are for new ones: a row with a longer one can be changed otherwise."""

import foundation.models.long_texts
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0007_kept_long_texts'),
        ('recaps', '0019_history_is_append_only'),
        ('talks', '0019_kept_long_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='recap',
            name='recap_summary_is_bounded',
        ),
        migrations.RemoveConstraint(
            model_name='recapversion',
            name='recap_version_summary_is_bounded',
        ),
        migrations.RemoveConstraint(
            model_name='recapversion',
            name='recap_version_body_is_bounded',
        ),
        migrations.RemoveConstraint(
            model_name='starttext',
            name='start_text_body_is_bounded',
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=foundation.models.long_texts.TextLimit(field='summary', most=1000, name='recap_summary_is_limited', violation_error_message='The text is too long.'),
        ),
        migrations.AddConstraint(
            model_name='recapversion',
            constraint=foundation.models.long_texts.TextLimit(copied_from='recap', field='summary', most=1000, name='recap_version_summary_is_limited', violation_error_message='The text is too long.'),
        ),
        migrations.AddConstraint(
            model_name='recapversion',
            constraint=foundation.models.long_texts.TextLimit(field='body', most=200000, name='recap_version_body_is_limited', violation_error_message='The text is too long.'),
        ),
        migrations.AddConstraint(
            model_name='starttext',
            constraint=foundation.models.long_texts.TextLimit(field='body', most=10000, name='start_text_body_is_limited', violation_error_message='The text is too long.'),
        ),
    ]
