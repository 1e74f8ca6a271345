"""Queryset of talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from foundation.models.broken_rows import SoundQuerySet
from foundation.models.relations import rows_behind
from foundation.text.bounds import FIRST_DAY, LAST_DAY
from talks.models.tag import TaggedTalk

if TYPE_CHECKING:
    from accounts.models import User
    from conferences.models import Conference
    from speakers.models import Speaker
    from talks.models import Tag, Talk


class TalkQuerySet(SoundQuerySet["Talk"]):
    """Queryset of the talks of all conferences, including cancelled ones."""

    def of_topic(self, tags: Sequence[Tag]) -> TalkQuerySet:
        """Return the talks that have all of the tags, each once.

        `topic_day` and `topic_talk` are sort date and id in the index of the first tag's talks: a
        page ordered by them reads no other talk.
        """
        first, *others = tags
        rows = self.filter(tagged__tag=first)
        for tag in others:
            rows = rows.filter(Exists(self._tagged([tag]).filter(content_object=OuterRef("pk"))))
        return rows.annotate(
            topic_day=F("tagged__sort_date"), topic_talk=F("tagged__content_object")
        )

    def tagged_with_any(self, tags: Iterable[Tag]) -> TalkQuerySet:
        """Return the talks that have at least one of the tags, each once."""
        return self.filter(pk__in=self._tagged(tags).values("content_object"))

    def tagged_with_all(self, tags: Iterable[Tag]) -> TalkQuerySet:
        """Return the talks that have every one of the tags, each once."""
        wanted = set(tags)
        counted = self._tagged(wanted).values("content_object").annotate(number=Count("pk"))
        return self.filter(pk__in=counted.filter(number=len(wanted)).values("content_object"))

    def _tagged(self, tags: Iterable[Tag]) -> models.QuerySet[Any]:
        return TaggedTalk.objects.filter(tag__in=list(tags)).order_by()

    def without(self, relation: str) -> TalkQuerySet:
        """Return the talks without related rows of this relation: "credits", "tagged" …"""
        there: Any = self.model._meta.get_field(relation)
        rows = there.related_model._default_manager.filter(**{there.field.name: OuterRef("pk")})
        return self.filter(~Exists(rows))

    def without_recap_known_to(self, person: User) -> TalkQuerySet:
        """Return the talks without a recap that the person may know of; others' drafts do not
        count.
        """
        recaps = rows_behind(self.model, "recaps")
        known = recaps.known_to(person).filter(talk=OuterRef("pk"))
        return self.filter(~Exists(known))

    def not_within(self, first: dt.date, last: dt.date) -> TalkQuerySet:
        """Return the talks before the first day or after the last."""
        return self.filter(Q(given_on__lt=first) | Q(given_on__gt=last))

    def timed(self) -> TalkQuerySet:
        """Return the talks with a known start."""
        return self.filter(starts_at__isnull=False)

    def timed_by_hand(self) -> TalkQuerySet:
        """Return the talks whose start no import wrote: a person typed the local time."""
        records = rows_behind(self.model, "imported_records")
        written = Cast(KeyTextTransform("starts_at", "written"), models.DateTimeField())
        of_talk = records.filter(talk=OuterRef("pk")).annotate(start=written)
        return self.timed().exclude(Exists(of_talk.filter(start=OuterRef("starts_at"))))

    def undated(self) -> TalkQuerySet:
        """Return the talks without a known day."""
        return self.filter(given_on__isnull=True)

    def by_speaker(self, speaker: Speaker) -> TalkQuerySet:
        """Return the talks of a speaker."""
        return self.filter(credits__speaker=speaker)

    def given(self) -> TalkQuerySet:
        """Return the talks with a known day."""
        return self.filter(given_on__gte=FIRST_DAY, given_on__lte=LAST_DAY)

    def most_written_about(self, days: Iterable[dt.date], most: int) -> TalkQuerySet:
        """Return talks given on one of these days, those with the most recaps first.

        With `recap_count`. Estimated days do not count.
        """
        given = self.filter(given_on__in=list(days), conference__dates_estimated=False)
        counted: Any = given.taking_place().with_recap_counts()
        return counted.order_by("-recap_count", "-given_on", "-id")[:most]

    def at_address(self, conference_slug: str, slug: str) -> TalkQuerySet:
        """Return the talk that has this slug now."""
        return self.filter(conference__slug=conference_slug, slug=slug)

    def with_addresses(self, slugs: Iterable[str]) -> TalkQuerySet:
        """Return the talks of all conferences with one of these slugs, for links to them."""
        return self.filter(slug__in=slugs)._for_links()

    def at_old_addresses(self, slugs: Iterable[str]) -> TalkQuerySet:
        """Return the talks that had one of these slugs, for links to them.

        `old_slug` is the slug, `old_conference` the id of its conference then.
        """
        had = {"old_slug": F("old_slugs__slug"), "old_conference": F("old_slugs__conference")}
        return self.filter(old_slugs__slug__in=slugs).annotate(**had)._for_links()

    def _for_links(self) -> TalkQuerySet:
        shown = ("title", "slug", "conference__slug", "conference__title")
        return self.select_related("conference").only(*shown)

    def at_any_address(self, conference: Conference, slug: str) -> TalkQuerySet:
        """Return the talk that has this slug at the conference, then the one that had it."""
        has = Q(conference=conference, slug=slug)
        had = Q(pk__in=conference.old_talk_slugs.filter(slug=slug).values("talk"))
        return self.filter(has | had).order_by(Case(When(has, then=0), default=1), "id")

    def of_conference(self, conference_id: int) -> TalkQuerySet:
        """Return the talks of the conference with this id."""
        return self.filter(conference=conference_id)

    def of_days(self, days: Iterable[tuple[Conference, dt.date]]) -> TalkQuerySet:
        """Return the talks of these (conference, day) pairs of programmes."""
        wanted: list[Any] = [Q(conference=conference, given_on=day) for conference, day in days]
        return self.filter(Q.create(wanted, connector=Q.OR)) if wanted else self.none()

    def not_on(self, day: dt.date) -> TalkQuerySet:
        """Return the talks of all other days, including undated ones."""
        return self.exclude(given_on=day)

    def taking_place(self) -> TalkQuerySet:
        """Return the talks that are not cancelled."""
        return self.filter(is_cancelled=False)

    def without_recap_by(self, person: User) -> TalkQuerySet:
        """Return the talks that the person did not write about; an unchanged start text does not
        count.
        """
        return self.filter(~Exists(self._recaps_by(person).written()))

    def with_own_recap(self, person: User) -> TalkQuerySet:
        """Annotate `own_recap`: the id of the recap that the person changed last, or None."""
        last = self._recaps_by(person).last_changed_first().values("pk")[:1]
        return self.annotate(own_recap=Subquery(last))

    def _recaps_by(self, person: User) -> Any:
        recaps = rows_behind(self.model, "recaps")
        return recaps.kept().by_author(person).filter(talk=OuterRef("pk"))

    def after(self, talk: Talk) -> TalkQuerySet:
        """Return the talks after the talk in the order of the programme."""
        then = _after_value("starts_at", talk.starts_at, Q(pk__gt=talk.pk))
        return self.filter(_after_value("given_on", talk.given_on, then))

    def newest_first(self) -> TalkQuerySet:
        """Order by day, newest first, undated ones last."""
        return self.order_by("-sort_date", "-id")

    def in_programme_order(self) -> TalkQuerySet:
        """Order by day and start; undated ones come last."""
        return self.order_by(
            models.F("given_on").asc(nulls_last=True),
            models.F("starts_at").asc(nulls_last=True),
            "id",
        )

    def titles_in_programme_order(self) -> TalkQuerySet:
        """Load only titles and slugs, in the order of the programme."""
        return self.only("title", "slug", "language", "conference").in_programme_order()

    def with_speakers(self) -> TalkQuerySet:
        """Load `credits` in order, each with its speaker. One query."""
        credit = rows_behind(self.model, "credits")
        in_order = credit.select_related("speaker").order_by("talk_id", "position")
        return self.prefetch_related(Prefetch("credits", in_order))

    def with_tags(self) -> TalkQuerySet:
        """Load `tagged` with its tags, by name. One query; cheaper than taggit's own prefetch."""
        by_name = TaggedTalk.objects.select_related("tag").order_by("tag__key")
        return self.prefetch_related(Prefetch("tagged", by_name))

    def with_recap_counts(self) -> TalkQuerySet:
        """Annotate `recap_count`: the number of published recaps."""
        recaps = rows_behind(self.model, "recaps")
        published = recaps.published().filter(talk=OuterRef("pk")).order_by()
        counts = published.values("talk").annotate(number=Count("pk")).values("number")
        return self.annotate(recap_count=Coalesce(Subquery(counts), 0))

    def for_programme(self) -> TalkQuerySet:
        """Load what a conference's programme shows, in its order, with `recap_count`.
        Two queries.

        Without abstracts, and without the conference, which the caller has.
        """
        return (
            self.defer("abstract", "announced")
            .with_speakers()
            .with_recap_counts()
            .in_programme_order()
        )

    def for_calendar(self) -> TalkQuerySet:
        """Load what calendar events need, in programme order. One query beside its own."""
        texts = ("abstract", "announced", "conference__description")
        loaded = self.select_related("conference").defer(*texts)
        return loaded.with_speakers().in_programme_order()

    def pairs_with(
        self, *, tags: Iterable[int], speakers: Iterable[int], most: int
    ) -> list[tuple[str, int]]:
        """Return pairs of a tag or speaker and the id of a talk that has it.

        Args:
            tags, speakers: their ids.
            most: the number of talks read for each of them, those added last.

        In no order. One query of index scans with a limit; none without tags and speakers.
        """
        tagged, credited = (rows_behind(self.model, name) for name in ("tagged", "credits"))
        parts = [
            *(_pairs(f"tag {pk}", tagged.filter(tag=pk), "content_object_id") for pk in tags),
            *(_pairs(f"speaker {pk}", credited.filter(speaker=pk), "talk_id") for pk in speakers),
        ]
        slices = [part[:most] for part in parts]
        return list(slices[0].union(*slices[1:], all=True)) if slices else []

    def for_related(self, ids: Iterable[int]) -> TalkQuerySet:
        """Load what talks/_related.html shows of these talks. No extra query."""
        return self.filter(pk__in=list(ids)).with_names()

    def with_names(self) -> TalkQuerySet:
        """Load each talk's conference, and annotate `speaker_names`. No extra query."""
        credit = rows_behind(self.model, "credits")
        of_it = credit.filter(talk=OuterRef("pk")).order_by("position")
        texts = ("abstract", "announced", "conference__description")
        named = self.annotate(speaker_names=ArraySubquery(of_it.values("speaker__name")))
        return named.select_related("conference").defer(*texts)

    def for_desk(self, person: User) -> TalkQuerySet:
        """Load what admin/desk/_talk.html shows, in programme order. One query beside its own."""
        return (
            self.for_programme()
            .select_related("conference")
            .with_own_recap(person)
            .defer("abstract", "announced", "conference__description")
        )

    def for_page(self) -> TalkQuerySet:
        """Load what templates/talks/talk.html shows of the talk itself. Five further queries.

        The speakers come with their other names, which an announcement may have used.
        """
        return (
            self.select_related("conference")
            .with_speakers()
            .with_tags()
            .prefetch_related("credits__speaker__aliases", "recordings", "links")
        )

    def for_cards(self) -> TalkQuerySet:
        """Load what includes/talk_card.html shows. Two queries beside the list's own."""
        texts = ("abstract", "announced", "conference__description")
        return self.select_related("conference").defer(*texts).with_speakers().with_tags()


def _pairs(thing: str, rows: models.QuerySet[Any], talk: str) -> models.QuerySet[Any]:
    """Return pairs of the object and each row's talk, the talk added last first."""
    named = Value(thing, output_field=models.CharField())
    return rows.order_by(f"-{talk}").values_list(named, talk)


def _after_value(column: str, value: Any, then: Q) -> Q:
    """Return the condition for rows after a value of the column, nulls last; among equals by
    `then`.
    """
    if value is None:
        return Q(**{f"{column}__isnull": True}) & then
    later = Q(**{f"{column}__gt": value}) | Q(**{f"{column}__isnull": True})
    return later | Q(**{column: value}) & then
