"""Queryset of recaps, with the only definition of "published"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import (
    Case,
    Count,
    Func,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import MD5, Coalesce, Left
from django.utils import timezone

from accounts.models import User
from foundation.models.broken_rows import SoundQuerySet
from foundation.models.old_addresses import AddressedQuerySet
from foundation.models.relations import rows_behind
from foundation.text.bounds import FIRST_MOMENT
from recaps.enums import RecapStatus
from talks.models import TaggedTalk, Talk, TalkSpeaker

if TYPE_CHECKING:
    from accounts.models import UserQuerySet
    from conferences.models import Conference
    from recaps.models import Recap
    from speakers.models import Speaker
    from talks.models import Tag

# As much of a text as an excerpt is made from.
OPENING_LENGTH = 1_500
# How many recaps the page of a thing lists that mention it.
MENTIONS_SHOWN = 10
_OPENING = Case(When(summary="", then=Left("body_html", OPENING_LENGTH)), default=Value(""))
# PostgreSQL knows it without reading the text.
_BYTES_OF_HTML = Func("body_html", function="octet_length", output_field=models.IntegerField())


class RecapQuerySet(AddressedQuerySet, SoundQuerySet["Recap"]):
    """Queryset of recaps in any state: public pages start from `published()`."""

    def kept(self) -> RecapQuerySet:
        """Return the recaps outside of the bin."""
        return self.filter(deleted_at__isnull=True)

    def in_bin(self) -> RecapQuerySet:
        """Return the recaps in the bin, which can be restored."""
        return self.filter(deleted_at__isnull=False)

    def in_bin_before(self, moment: dt.datetime) -> RecapQuerySet:
        """Return the recaps that were moved to the bin before the moment."""
        return self.filter(deleted_at__lt=moment)

    def published(self) -> RecapQuerySet:
        """Return what readers may see now: published, not scheduled for later, not in the bin."""
        until_now = (FIRST_MOMENT, timezone.now())
        return self.kept().filter(status=RecapStatus.PUBLISHED, published_at__range=until_now)

    def scheduled(self) -> RecapQuerySet:
        """Return the recaps with a publication date in the future."""
        return self.kept().filter(status=RecapStatus.PUBLISHED, published_at__gt=timezone.now())

    def drafts(self) -> RecapQuerySet:
        """Return the unpublished recaps."""
        return self.kept().filter(status=RecapStatus.DRAFT)

    def submitted(self) -> RecapQuerySet:
        """Return the drafts that their authors submitted for publication."""
        return self.drafts().filter(submitted_at__isnull=False)

    def not_submitted(self) -> RecapQuerySet:
        """Return the drafts that are not submitted."""
        return self.drafts().filter(submitted_at__isnull=True)

    def visible_to(self, user: User) -> RecapQuerySet:
        """Return what a person may see in the admin: their own, or all for publishers."""
        return self if user.has_perm("recaps.publish_recap") else self.by_author(user)

    def known_to(self, user: User) -> RecapQuerySet:
        """Return what a person may know of: published recaps, and those they may see in
        the admin.
        """
        return self.published() | self.kept().visible_to(user)

    def unfinished(self) -> RecapQuerySet:
        """Return what readers do not see yet: drafts, submitted ones, scheduled ones."""
        ahead = Q(status=RecapStatus.PUBLISHED, published_at__gt=timezone.now())
        return self.kept().filter(Q(status=RecapStatus.DRAFT) | ahead)

    def published_on(self, days: Iterable[dt.date]) -> RecapQuerySet:
        """Return the recaps published on one of these days in the site's time zone."""
        spans: list[Any] = [Q(published_at__range=_span_of(day)) for day in days]
        return self.published().filter(Q.create(spans, connector=Q.OR)) if spans else self.none()

    def by_author(self, author: User) -> RecapQuerySet:
        """Return one author's recaps."""
        return self.filter(author=author)

    def authors(self) -> UserQuerySet:
        """Return the authors of these recaps, each once, unordered."""
        return User.objects.filter(pk__in=self.order_by().values("author"))

    def authors_with_counts(self) -> UserQuerySet:
        """Return the authors of these recaps, the most recent first.

        Annotates `recap_count` and `last_recap_at`. One query.
        """
        by_them = self.order_by().filter(author=OuterRef("pk")).values("author")
        number = by_them.annotate(number=Count("pk")).values("number")
        last = by_them.annotate(last=Max("published_at")).values("last")
        return (
            self.authors()
            .annotate(recap_count=Subquery(number), last_recap_at=Subquery(last))
            .order_by("-last_recap_at", "pk")
        )

    def of_topic(self, tags: Sequence[Tag]) -> RecapQuerySet:
        """Return the published recaps with all of the tags, each once."""
        rows = self
        for tag in tags:
            rows = rows.filter(topics__tag=tag)
        return rows

    def newest_of_topic(self, tags: Sequence[Tag], most: int) -> RecapQuerySet:
        """Return the newest published recaps with all of the tags, at most so many,
        newest first.
        """
        topics = rows_behind(self.model, "topics")
        newest = topics.published().of_topic(tags).newest_recaps(most)
        return self.filter(pk__in=newest).newest_first()

    def written(self) -> RecapQuerySet:
        """Return the recaps with more than their start text."""
        start_texts = apps.get_model("recaps", "StartText")._default_manager.values("body")
        return self.exclude(body__in=start_texts).exclude(body="", summary="")

    def by_speaker(self, speaker: Speaker) -> RecapQuerySet:
        """Return the recaps of a speaker's talks."""
        return self.filter(talk__in=speaker.credits.values("talk"))

    def of_talks(self, talks: Iterable[int | None]) -> RecapQuerySet:
        """Return the recaps of the talks with these ids."""
        return self.filter(talk__in=[pk for pk in talks if pk is not None])

    def of_edition(self, conference: Conference, talks: Iterable[int]) -> RecapQuerySet:
        """Return the recaps of a conference, and of the talks with these ids.

        Each column has an index; a join with the talks would use neither.
        """
        return self.filter(Q(conference=conference) | Q(talk__in=list(talks)))

    def of_conferences(self, conferences: Iterable[Any]) -> RecapQuerySet:
        """Return the recaps of conferences, and of all their talks.

        Args:
            conferences: their ids, or a queryset of them.

        A subquery reads the talks once and looks each recap up among them, at the same cost for few
        and many recaps. For joins with a limit, the planner chooses a bad order.
        """
        talks = Talk.objects.filter(conference__in=conferences).order_by().values("pk")
        return self.filter(Q(conference__in=conferences) | Q(talk__in=talks))

    def rendered_before(self, version: int) -> RecapQuerySet:
        """Return those whose HTML an older renderer made."""
        return self.filter(renderer_version__lt=version)

    def latest_mentioning(self, thing: Talk | Speaker | Conference | Tag) -> RecapQuerySet:
        """Return the newest recaps that mention the object, with their subjects; ten at most."""
        mentioning = self.filter(**{f"mentions__{thing._meta.model_name}": thing})
        return mentioning.newest_first().with_subjects()[:MENTIONS_SHOWN]

    def parts_beside(self, recap: Recap) -> RecapQuerySet:
        """Return the parts, in order, of a recap that its author wrote about the conference in
        several.

        Loads what a link to them shows.
        """
        same = {"conference": recap.conference_id, "author": recap.author_id}
        parts = self.filter(**same, part_number__isnull=False)
        return parts.order_by("part_number", "published_at", "id").only(
            "title", "slug", "part_number", "part_count"
        )

    def locked(self) -> RecapQuerySet:
        """Lock the rows in a fixed order, so that two such queries cannot deadlock."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def newest_first(self) -> RecapQuerySet:
        """Order by publication, newest first."""
        return self.order_by("-published_at", "-id")

    def last_changed_first(self) -> RecapQuerySet:
        """Order by last change of the text, newest first."""
        return self.order_by("-updated_at", "-id")

    def submitted_first(self) -> RecapQuerySet:
        """Order by time of submission, the longest waiting first."""
        return self.order_by("submitted_at", "id")

    def last_conferences(self, most: int) -> list[int]:
        """Return the ids of these recaps' conferences, the last written about first."""
        about = self.order_by().annotate(about=Coalesce("conference", "talk__conference"))
        dated = about.values_list("about").annotate(last=Max("updated_at"))
        return [pk for pk, _last in dated.order_by("-last", "about")[:most]]

    def with_subjects(self) -> RecapQuerySet:
        """Load author, talk and conference of each recap, without its texts. No extra query."""
        return self.select_related("author", "talk__conference", "conference").defer(
            "body", "body_html", "talk__abstract", "talk__announced", "conference__description"
        )

    def with_authors(self) -> RecapQuerySet:
        """Load what includes/recap.html shows on the page of its subject. No extra query."""
        return self.select_related("author").defer("body")

    def with_shown_tags(self) -> RecapQuerySet:
        """Load what `shown_tags` needs. Two more queries."""
        return self.prefetch_related(
            _joined("tagged", rows_behind(self.model, "tagged"), "tag"),
            _joined("talk__tagged", TaggedTalk.objects, "tag"),
        )

    def with_speakers(self) -> RecapQuerySet:
        """Load the credits of each recap's talk with their speakers. One more query."""
        return self.prefetch_related(_joined("talk__credits", TalkSpeaker.objects, "speaker"))

    def for_cards(self) -> RecapQuerySet:
        """Load what includes/recap_card.html shows. Three more queries.

        Instead of the text, annotate its first characters as `opening`: HTML that may be cut
        anywhere, and '' if there is a summary.
        """
        return self.with_subjects().with_shown_tags().with_speakers().annotate(opening=_OPENING)

    def for_front(self) -> RecapQuerySet:
        """Load what cards show, with the `beginning` of each. Three more queries."""
        return self.for_cards().annotate(beginning=Left("body_html", 3 * OPENING_LENGTH))

    def for_long_recap(self) -> RecapQuerySet:
        """Load what a page with all recaps of a conference shows around each text, oldest first.

        Instead of the text, annotate its `weight` (bytes of HTML) and, as for cards, its `opening`.
        The talk is not loaded: it is in the programme. One more query.
        """
        return (
            self.select_related("author")
            .defer("body", "body_html")
            .prefetch_related(_joined("tagged", rows_behind(self.model, "tagged"), "tag"))
            .annotate(opening=_OPENING, weight=_BYTES_OF_HTML)
            .order_by("published_at", "id")
        )

    def texts(self, recaps: Iterable[Recap]) -> dict[int, str]:
        """Return the HTML of these recaps by their ids. One query."""
        keys = [recap.pk for recap in recaps]
        return dict(self.filter(pk__in=keys).values_list("pk", "body_html"))

    def for_reading(self) -> RecapQuerySet:
        """Load what a recap's own page shows: its HTML and its subject. Three more queries."""
        return (
            self.select_related("author", "talk__conference", "conference")
            .defer("body", "talk__abstract", "talk__announced", "conference__description")
            .with_shown_tags()
            .with_speakers()
        )

    def for_feed(self) -> RecapQuerySet:
        """Load what a feed entry needs, with `tag_names`, but without its text. No extra query.

        `text_digest` changes with the text, without loading it.
        """
        own = rows_behind(self.model, "tagged")
        names = Case(
            When(talk__isnull=True, then=_tag_names(own, "pk")),
            default=_tag_names(TaggedTalk.objects, "talk"),
        )
        return self.with_subjects().annotate(tag_names=names, text_digest=MD5("body_html"))


def _span_of(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the first and the last moment of a day, in the site's time zone."""
    first, last = (dt.datetime.combine(day, time) for time in (dt.time.min, dt.time.max))
    return timezone.make_aware(first), timezone.make_aware(last)


def _tag_names(tagged: Any, recap: str) -> ArraySubquery:
    """Return the ordered names of the tags of the object in the outer recap's column."""
    of_it = tagged.filter(content_object=OuterRef(recap))
    return ArraySubquery(of_it.order_by("tag__key").values("tag__name"))


def _joined(lookup: str, rows: Any, wanted: str) -> Prefetch[Any]:
    """Return a prefetch that uses a join instead of the extra query of Django's prefetch."""
    return Prefetch(lookup, rows.select_related(wanted))
