"""How talks and tags get another address or name: the former ones go on working."""

from itertools import chain, count

from django.db import transaction

from conferences.models import Conference
from notes_site.names import name_key
from talks.models import OldTalkSlug, Tag, TagAlias, Talk
from talks.tag_text import TAG_MAX_LENGTH


@transaction.atomic
def rename_talk(
    talk: Talk, *, slug: str | None = None, conference: Conference | None = None
) -> Talk:
    """Give the talk another address, another conference, or both; None leaves it as it is.

    The address it had, at the conference it had it, goes on working. At most four queries.
    Raises IntegrityError where another talk has the new address.
    """
    former = (
        Talk.objects.select_for_update(of=["self"]).select_related("conference").get(pk=talk.pk)
    )
    talk.slug = former.slug if slug is None else slug
    talk.conference = former.conference if conference is None else conference
    if (talk.slug, talk.conference_id) == (former.slug, former.conference_id):
        return talk
    talk.save(update_fields=["slug", "conference"])
    OldTalkSlug.objects.filter(conference=talk.conference_id, slug=talk.slug).delete()
    OldTalkSlug.objects.bulk_create(
        [OldTalkSlug(conference_id=former.conference_id, slug=former.slug, talk=talk)],
        update_conflicts=True,
        unique_fields=["conference", "slug"],
        update_fields=["talk"],
    )
    return talk


@transaction.atomic
def rename_tag(tag: Tag, *, name: str | None = None, slug: str | None = None) -> Tag:
    """Give the tag another name, another address, or both; None leaves it as it is.

    The former ones become a synonym, unless they differ in capitals alone; a synonym that
    another tag has stays there. At most nine queries. Raises IntegrityError where another tag
    has the name or the address.
    """
    former = Tag.objects.select_for_update().get(pk=tag.pk)
    tag.name = former.name if name is None else name
    tag.slug = former.slug if slug is None else slug
    if (tag.name, tag.slug) == (former.name, former.slug):
        return tag
    tag.save(update_fields=["name", "key", "slug"])
    TagAlias.objects.filter(slug__in=[tag.slug, former.slug]).update(slug=None)
    tag.aliases.filter(key=tag.key, slug=None).delete()
    if name_key(former.name) != tag.key:
        TagAlias.objects.bulk_create([TagAlias(tag=tag, name=former.name)], ignore_conflicts=True)
    if former.slug != tag.slug:
        _keep_address(tag, former)
    return tag


def _keep_address(tag: Tag, former: Tag) -> None:
    """Keep the former address on the synonym of the former name, or on one of its own."""
    of_that_name = tag.aliases.filter(key=name_key(former.name), slug=None)
    if not of_that_name.update(slug=former.slug):
        TagAlias.objects.create(tag=tag, name=_free_name(former.slug), slug=former.slug)


def _free_name(slug: str) -> str:
    """Return the words of an address as a name that no synonym has: every synonym needs one."""
    base = slug[: TAG_MAX_LENGTH - 10]
    taken = set(
        TagAlias.objects.filter(key__startswith=name_key(base)).values_list("key", flat=True)
    )
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if name_key(name) not in taken)
