"""Synonyms without a name: an old address alone. What two things claimed is mended, and listed."""

import re

import foundation.models.fields
import foundation.text.names
import foundation.text.slugs
from django.db import migrations, models
from django.db.models import Exists, OuterRef


def _mend(apps, schema_editor):
    aliases = apps.get_model("talks", "TagAlias")
    for alias in aliases.objects.select_related("tag").order_by("pk"):
        was = (alias.name, alias.slug)
        if _is_invented(alias) or _others(apps, alias, key=alias.key).exists():
            alias.name = ""
        if _others(apps, alias, slug=alias.slug).exists():
            alias.slug = None
        if (alias.name, alias.slug) != was:
            print(f"\n    Synonym {alias.pk} of {alias.tag.name!r}: was {was}, is {(alias.name, alias.slug)}.", end="")
        if alias.name or alias.slug:
            alias.save()  # with the address made from its name
        else:
            alias.delete()


def _others(apps, alias, **value):
    """Return the other tags that live under the value: that one has always won."""
    return apps.get_model("talks", "Tag").objects.filter(**value).exclude(pk=alias.tag_id)


def _is_invented(alias):
    """Return whether a renaming made the name from the old address: "docker-2"."""
    if not alias.slug:
        return False
    if re.fullmatch(re.escape(alias.slug) + "-[0-9]+", alias.name):
        return True
    stem, _, number = alias.slug.rpartition("-")
    is_number = number.isdigit() and stem == foundation.text.slugs.address_of(alias.tag.name)
    return is_number and alias.name == alias.slug


def _release_talks(apps, schema_editor):
    talks, old = (apps.get_model("talks", name) for name in ("Talk", "OldTalkSlug"))
    live = talks.objects.filter(conference=OuterRef("conference"), slug=OuterRef("slug"))
    for row in old.objects.filter(Exists(live.exclude(pk=OuterRef("talk")))):
        print(f"\n    OldTalkSlug {row.pk}: {row.slug!r} is another talk's, no longer old.", end="")
        row.delete()


def _release_conferences(apps, schema_editor):
    """An old address at which another conference lives is that one's; links below it stay."""
    old = apps.get_model("conferences", "OldConferenceSlug")
    conferences = {c.slug: c for c in apps.get_model("conferences", "Conference").objects.all()}
    for row in old.objects.filter(slug__in=list(conferences)):
        if conferences[row.slug].pk != row.conference_id:
            print(f"\n    OldConferenceSlug {row.pk}: {row.slug!r} is another one's, no longer old.", end="")
            _keep_links(apps, conferences[row.slug], row.conference_id)
            row.delete()


def _keep_links(apps, conference, former_id):
    """Let the addresses of the former one's talks below this conference lead to them."""
    talks, old = (apps.get_model("talks", name) for name in ("Talk", "OldTalkSlug"))
    taken = set(talks.objects.filter(conference=conference).values_list("slug", flat=True))
    had = old.objects.filter(conference=former_id).values_list("slug", "talk")
    has = talks.objects.filter(conference=former_id).values_list("slug", "pk")
    old.objects.bulk_create(
        [
            old(conference=conference, slug=slug, talk_id=pk)
            for slug, pk in (dict(had) | dict(has)).items()
            if slug not in taken
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0004_old_addresses_stay'),
        ('speakers', '0004_old_addresses_stay'),
        ('talks', '0008_talk_lengths'),
    ]

    operations = [
        # First what takes its time: the few synonyms are locked after that.
        migrations.RunPython(_release_conferences, migrations.RunPython.noop),
        migrations.RunPython(_release_talks, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='tagalias',
            name='tag_alias_has_a_name',
        ),
        migrations.AlterField(
            model_name='tagalias',
            name='key',
            field=foundation.models.fields.DerivedField(derive=foundation.text.names.name_key, max_length=300, source='name'),
        ),
        migrations.AlterField(
            model_name='tagalias',
            name='name',
            field=foundation.models.fields.LineField(blank=True, default='', max_length=100, verbose_name='synonym'),
        ),
        migrations.AddField(
            model_name='tagalias',
            name='address',
            field=foundation.models.fields.DerivedField(db_index=True, default='', derive=foundation.text.slugs.address_of, max_length=120, source='name'),
        ),
        migrations.AddConstraint(
            model_name='tagalias',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='tag_alias_key_once', violation_error_code='unique', violation_error_message='Another tag has this synonym already.'),
        ),
        migrations.AddConstraint(
            model_name='tagalias',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), ('slug__isnull', False), _connector='OR'), name='tag_alias_says_something', violation_error_message='A synonym needs at least one visible sign.'),
        ),
        migrations.RunPython(_mend, migrations.RunPython.noop),
    ]
