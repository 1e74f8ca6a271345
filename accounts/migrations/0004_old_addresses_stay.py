"""No row lives at another one's old address: triggers, and the rows that did before."""

from django.db import migrations

from foundation.models.one_owner import OneOwner


def _release(apps, schema_editor):
    """Old addresses that live on at another row are its own: they led there already."""
    old = apps.get_model("accounts", "OldAuthorSlug")
    (rule,) = (rule for rule in old._meta.constraints if isinstance(rule, OneOwner))
    for row in rule.breaking(old):
        print(f"\n    OldAuthorSlug {row.pk}: {row.slug!r} is another one's, no longer old.", end="")
        row.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_moments_within_the_years'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='oldauthorslug',
            constraint=OneOwner(fields=('slug',), name='old_author_address_is_no_others_address', other='accounts.User', other_owner='id', owner='user'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=OneOwner(fields=('slug',), name='user_address_is_no_others_old_one', other='accounts.OldAuthorSlug', other_owner='user', owner='id'),
        ),
        migrations.RunPython(_release, migrations.RunPython.noop),
    ]
