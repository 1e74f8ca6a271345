"""Languages are tags: checked of all rows, while others go on writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('recaps', '0014_languages')]

    operations = [
        ValidateConstraint(model_name='recap', name='recap_language_is_a_tag'),
    ]
