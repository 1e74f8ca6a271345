"""How a speaker gets another name or address: both former ones go on leading to the person."""

from django.db import transaction

from notes_site.names import name_key
from speakers.models import AliasKind, Speaker, SpeakerAlias

# What is stored of a name: the columns made from it are written with it.
_NAME_COLUMNS = ["name", "key", "sort_key", "letter", "slug"]


@transaction.atomic
def rename_speaker(
    speaker: Speaker, *, name: str | None = None, slug: str | None = None
) -> Speaker:
    """Give the speaker another name, another address, or both; None leaves it as it is.

    The former ones become an alias, unless they differ in capitals alone. What is live is no
    alias any longer. At most eight queries. Raises IntegrityError where another speaker has the
    address.
    """
    former = Speaker.objects.select_for_update().get(pk=speaker.pk)
    speaker.name = former.name if name is None else name
    speaker.slug = former.slug if slug is None else slug
    if (speaker.name, speaker.slug) == (former.name, former.slug):
        return speaker
    speaker.save(update_fields=_NAME_COLUMNS)
    _release([speaker.slug, former.slug])
    _forget_live_name(speaker)
    _keep(speaker, former)
    return speaker


def _release(slugs: list[str]) -> None:
    """Take addresses from whichever alias has them; one that says nothing else goes."""
    aliases = SpeakerAlias.objects.filter(slug__in=slugs)
    aliases.filter(key="").delete()
    aliases.update(slug=None)


def _forget_live_name(speaker: Speaker) -> None:
    own = speaker.aliases.filter(key=speaker.key)
    own.filter(slug=None).delete()
    own.update(name="", key="")


def _keep(speaker: Speaker, former: Speaker) -> None:
    key = name_key(former.name)
    is_kept = key == speaker.key or speaker.aliases.filter(key=key).exists()
    name = "" if is_kept else former.name
    slug = former.slug if former.slug != speaker.slug else None
    if name or slug:
        SpeakerAlias.objects.create(speaker=speaker, name=name, slug=slug, kind=AliasKind.RENAMED)
