"""Languages are tags: checked of all rows, while others go on writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('talks', '0014_languages')]

    operations = [
        ValidateConstraint(model_name='recording', name='recording_language_is_a_tag'),
        ValidateConstraint(model_name='talk', name='talk_language_is_a_tag'),
    ]
