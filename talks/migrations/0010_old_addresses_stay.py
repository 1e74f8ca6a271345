"""No talk or tag takes an old address or a synonym of another one: triggers."""

from django.db import migrations

from foundation.models.one_owner import OneOwner


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0004_old_addresses_stay'),
        ('speakers', '0004_old_addresses_stay'),
        ('talks', '0009_synonyms'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='oldtalkslug',
            constraint=OneOwner(fields=('conference', 'slug'), name='old_talk_address_is_no_others_address', other='talks.Talk', other_owner='id', owner='talk'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=OneOwner(fields=('slug',), name='tag_address_is_no_others_old_one', other='talks.TagAlias', other_owner='tag', owner='id', violation_error_message='“%(owner)s” had this address before, and old links still lead there.'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=OneOwner(fields=('key',), name='tag_name_is_no_others_synonym', other='talks.TagAlias', other_owner='tag', owner='id', violation_error_message='This is a synonym of “%(owner)s”.'),
        ),
        migrations.AddConstraint(
            model_name='tagalias',
            constraint=OneOwner(fields=('slug',), name='tag_alias_address_is_no_others_address', other='talks.Tag', other_owner='id', owner='tag'),
        ),
        migrations.AddConstraint(
            model_name='tagalias',
            constraint=OneOwner(fields=('key',), name='tag_alias_name_is_no_other_tag', other='talks.Tag', other_owner='id', owner='tag', violation_error_message='There is a tag “%(owner)s” already.'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=OneOwner(fields=('conference', 'slug'), name='talk_address_is_no_others_old_one', other='talks.OldTalkSlug', other_owner='talk', owner='id', violation_error_message='“%(owner)s” had this address before, and old links still lead there.'),
        ),
    ]
