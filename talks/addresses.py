"""Changes a talk's slug or conference, and finds talks by their old URLs."""

from django.db import transaction

from conferences.models import Conference
from talks.models import OldTalkSlug, Talk


@transaction.atomic
def rename_talk(
    talk: Talk, *, slug: str | None = None, conference: Conference | None = None
) -> Talk:
    """Give the talk another slug, another conference, or both; None leaves it as it is.

    The old URL redirects. At most four queries. Raises IntegrityError if another talk has or had
    the new slug.
    """
    former = (
        Talk.objects.select_for_update(of=["self"]).select_related("conference").get(pk=talk.pk)
    )
    talk.slug = former.slug if slug is None else slug
    talk.conference = former.conference if conference is None else conference
    if (talk.slug, talk.conference_id) == (former.slug, former.conference_id):
        return talk
    talk.save(update_fields=["slug", "conference"])
    talk.old_slugs.filter(conference=talk.conference_id, slug=talk.slug).delete()
    OldTalkSlug.objects.bulk_create(
        [OldTalkSlug(conference_id=former.conference_id, slug=former.slug, talk=talk)],
        ignore_conflicts=True,
    )
    return talk


def talk_that_was_at(conference_slug: str, talk_slug: str) -> Talk | None:
    """Return the talk that had this URL, with its conference. At most three queries."""
    for conference in Conference.objects.at_any_address(conference_slug):
        talks = Talk.objects.at_any_address(conference, talk_slug).select_related("conference")
        if (found := talks.first()) is not None:
            return found
    return None
