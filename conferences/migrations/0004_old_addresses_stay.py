"""No row lives at another one's old address: triggers, and the rows that did before."""

from django.db import migrations

from foundation.models.one_owner import OneOwner


def _release(apps, schema_editor):
    """Old addresses that live on at another row are its own: they led there already."""
    old = apps.get_model("conferences", "OldSeriesSlug")
    (rule,) = (rule for rule in old._meta.constraints if isinstance(rule, OneOwner))
    for row in rule.breaking(old):
        print(f"\n    OldSeriesSlug {row.pk}: {row.slug!r} is another one's, no longer old.", end="")
        row.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0003_moments_within_the_years'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='conference',
            constraint=OneOwner(fields=('slug',), name='conference_address_is_no_others_old_one', other='conferences.OldConferenceSlug', other_owner='conference', owner='id', violation_error_message='“%(owner)s” had this address before, and old links still lead there.'),
        ),
        migrations.AddConstraint(
            model_name='oldconferenceslug',
            constraint=OneOwner(fields=('slug',), name='old_conference_address_is_no_others_address', other='conferences.Conference', other_owner='id', owner='conference'),
        ),
        migrations.AddConstraint(
            model_name='oldseriesslug',
            constraint=OneOwner(fields=('slug',), name='old_series_address_is_no_others_address', other='conferences.Series', other_owner='id', owner='series'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=OneOwner(fields=('slug',), name='series_address_is_no_others_old_one', other='conferences.OldSeriesSlug', other_owner='series', owner='id', violation_error_message='“%(owner)s” had this address before, and old links still lead there.'),
        ),
        migrations.RunPython(_release, migrations.RunPython.noop),
    ]
