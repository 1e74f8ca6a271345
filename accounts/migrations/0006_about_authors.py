"""Authors say who they are, and where else they are found."""

import accounts.models
import foundation.models.fields
import foundation.models.long_texts
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_folding'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='about',
            field=foundation.models.fields.LineField(blank=True, default='', help_text='Readers see it on your page and in the list of authors.', max_length=200, verbose_name='a line about you'),
        ),
        migrations.AddField(
            model_name='user',
            name='links',
            field=foundation.models.fields.ProseField(blank=True, default='', help_text='Where else you are found: one address on each line, six at most.', max_length=1000, validators=[accounts.models.validate_links], verbose_name='links'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=foundation.models.long_texts.TextLimit(field='links', most=1000, name='user_links_is_limited', violation_error_message='The text is too long.'),
        ),
    ]
