"""Who claims a name for a tag and who claims it for a synonym wait for each other."""

import foundation.models.one_owner
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0007_kept_long_texts'),
        ('speakers', '0007_kept_long_texts'),
        ('talks', '0019_kept_long_texts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='tag',
            name='tag_name_is_no_others_synonym',
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=foundation.models.one_owner.OneOwner(fields=('key',), name='tag_name_is_no_others_synonym', other='talks.TagAlias', other_owner='tag', owner='id', takes_turns=True, violation_error_message='This is a synonym of “%(owner)s”.'),
        ),
        migrations.RemoveConstraint(
            model_name='tagalias',
            name='tag_alias_name_is_no_other_tag',
        ),
        migrations.AddConstraint(
            model_name='tagalias',
            constraint=foundation.models.one_owner.OneOwner(fields=('key',), name='tag_alias_name_is_no_other_tag', other='talks.Tag', other_owner='id', owner='tag', takes_turns=True, violation_error_message='There is a tag “%(owner)s” already.'),
        ),
    ]
