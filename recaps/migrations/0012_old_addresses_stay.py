"""No recap lives at another one's old address: triggers, and the rows that did before."""

from django.conf import settings
from django.db import migrations

from foundation.models.one_owner import OneOwner


def _release(apps, schema_editor):
    """Old addresses that live on at another recap are its own: they led there already."""
    old = apps.get_model("recaps", "OldRecapSlug")
    (rule,) = (rule for rule in old._meta.constraints if isinstance(rule, OneOwner))
    for row in rule.breaking(old):
        print(f"\n    OldRecapSlug {row.pk}: {row.slug!r} is another one's, no longer old.", end="")
        row.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0004_old_addresses_stay'),
        ('recaps', '0011_keep_breaks'),
        ('talks', '0010_old_addresses_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='oldrecapslug',
            constraint=OneOwner(fields=('slug',), name='old_recap_address_is_no_others_address', other='recaps.Recap', other_owner='id', owner='recap'),
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=OneOwner(fields=('slug',), name='recap_address_is_no_others_old_one', other='recaps.OldRecapSlug', other_owner='recap', owner='id'),
        ),
        migrations.RunPython(_release, migrations.RunPython.noop),
    ]
