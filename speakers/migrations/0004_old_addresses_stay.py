"""No speaker lives at another one's old address: triggers, and the rows that did before."""

from django.db import migrations

from foundation.models.one_owner import OneOwner


def _release(apps, schema_editor):
    """Old addresses that live on at another speaker are that one's: they led there already."""
    aliases = apps.get_model("speakers", "SpeakerAlias")
    (rule,) = (rule for rule in aliases._meta.constraints if isinstance(rule, OneOwner))
    for alias in rule.breaking(aliases):
        print(f"\n    SpeakerAlias {alias.pk}: {alias.slug!r} is another speaker's, no longer old.", end="")
        if alias.key:
            aliases.objects.filter(pk=alias.pk).update(slug=None)
        else:
            alias.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('speakers', '0003_moments_within_the_years'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='speaker',
            constraint=OneOwner(fields=('slug',), name='speaker_address_is_no_others_old_one', other='speakers.SpeakerAlias', other_owner='speaker', owner='id', violation_error_message='“%(owner)s” had this address before, and old links still lead there.'),
        ),
        migrations.AddConstraint(
            model_name='speakeralias',
            constraint=OneOwner(fields=('slug',), name='speaker_alias_address_is_no_others_address', other='speakers.Speaker', other_owner='id', owner='speaker'),
        ),
        migrations.RunPython(_release, migrations.RunPython.noop),
    ]
