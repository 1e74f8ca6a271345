"""Questions about talks."""

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
from foundation.text.bounds import FIRST_DAY, LAST_DAY
from talks.models.tag import TaggedTalk

if TYPE_CHECKING:
    from accounts.models import User
    from conferences.models import Conference
    from speakers.models import Speaker
    from talks.models import Tag, Talk


class TalkQuerySet(SoundQuerySet["Talk"]):
    """Talks of all conferences, cancelled ones too."""

    def of_topic(self, tags: Sequence[Tag]) -> TalkQuerySet:
        """Return the talks that have all of the tags, each once.

        `topic_day` and `topic_talk` are sort date and id out of the index of the first tag's
        talks: a page that is ordered by them reads no other talk.
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
        """Return the talks that nothing of this relation points at: "credits", "tagged" …"""
        there: Any = self.model._meta.get_field(relation)
        rows = there.related_model._default_manager.filter(**{there.field.name: OuterRef("pk")})
        return self.filter(~Exists(rows))

    def without_recap_known_to(self, person: User) -> TalkQuerySet:
        """Return the talks about which the person may know of no recap; others' drafts are none."""
        recaps: Any = self.model._meta.get_field("recaps").related_model
        known = recaps.objects.known_to(person).filter(talk=OuterRef("pk"))
        return self.filter(~Exists(known))

    def not_within(self, first: dt.date, last: dt.date) -> TalkQuerySet:
        """Return the talks on days before the first one or after the last."""
        return self.filter(Q(given_on__lt=first) | Q(given_on__gt=last))

    def timed(self) -> TalkQuerySet:
        """Return the talks whose start is known."""
        return self.filter(starts_at__isnull=False)

    def timed_by_hand(self) -> TalkQuerySet:
        """Return the talks whose start no import wrote: a person read it off a clock."""
        records: Any = self.model._meta.get_field("imported_records").related_model
        written = Cast(KeyTextTransform("starts_at", "written"), models.DateTimeField())
        of_talk = records.objects.filter(talk=OuterRef("pk")).annotate(start=written)
        return self.timed().exclude(Exists(of_talk.filter(start=OuterRef("starts_at"))))

    def undated(self) -> TalkQuerySet:
        """Return the talks whose day is not known."""
        return self.filter(given_on__isnull=True)

    def by_speaker(self, speaker: Speaker) -> TalkQuerySet:
        """Return the talks that the person gave."""
        return self.filter(credits__speaker=speaker)

    def given(self) -> TalkQuerySet:
        """Return the talks whose day is known."""
        return self.filter(given_on__gte=FIRST_DAY, given_on__lte=LAST_DAY)

    def most_written_about(self, days: Iterable[dt.date], most: int) -> TalkQuerySet:
        """Return talks given on one of these days, those with the most recaps first.

        With `recap_count`. Days that are only estimated are none.
        """
        given = self.filter(given_on__in=list(days), conference__dates_estimated=False)
        counted: Any = given.taking_place().with_recap_counts()
        return counted.order_by("-recap_count", "-given_on", "-id")[:most]

    def at_address(self, conference_slug: str, slug: str) -> TalkQuerySet:
        """Return the talk that has this address now."""
        return self.filter(conference__slug=conference_slug, slug=slug)

    def with_addresses(self, slugs: Iterable[str]) -> TalkQuerySet:
        """Return the talks of all conferences with one of these addresses, for links to them."""
        return self.filter(slug__in=slugs)._for_links()

    def at_old_addresses(self, slugs: Iterable[str]) -> TalkQuerySet:
        """Return the talks that had one of these addresses, for links to them.

        `old_slug` is the address, `old_conference` the id of the conference where it was.
        """
        had = {"old_slug": F("old_slugs__slug"), "old_conference": F("old_slugs__conference")}
        return self.filter(old_slugs__slug__in=slugs).annotate(**had)._for_links()

    def _for_links(self) -> TalkQuerySet:
        shown = ("title", "slug", "conference__slug", "conference__title")
        return self.select_related("conference").only(*shown)

    def at_any_address(self, conference: Conference, slug: str) -> TalkQuerySet:
        """Return the talk that has this address at the conference, then the one that had it."""
        has = Q(conference=conference, slug=slug)
        had = Q(pk__in=conference.old_talk_slugs.filter(slug=slug).values("talk"))
        return self.filter(has | had).order_by(Case(When(has, then=0), default=1), "id")

    def of_conference(self, conference_id: int) -> TalkQuerySet:
        """Return the talks of the conference with this id."""
        return self.filter(conference=conference_id)

    def of_days(self, days: Iterable[tuple[Conference, dt.date]]) -> TalkQuerySet:
        """Return the talks of these days, each a day of its own conference's programme."""
        wanted: list[Any] = [Q(conference=conference, given_on=day) for conference, day in days]
        return self.filter(Q.create(wanted, connector=Q.OR)) if wanted else self.none()

    def not_on(self, day: dt.date) -> TalkQuerySet:
        """Return the talks of all other days, undated ones too."""
        return self.exclude(given_on=day)

    def taking_place(self) -> TalkQuerySet:
        """Return the talks that are not cancelled."""
        return self.filter(is_cancelled=False)

    def without_recap_by(self, person: User) -> TalkQuerySet:
        """Return the talks about which the person wrote nothing: a recap as it began is nothing."""
        return self.filter(~Exists(self._recaps_by(person).written()))

    def with_own_recap(self, person: User) -> TalkQuerySet:
        """Annotate `own_recap`: the id of the recap that the person changed last, or None."""
        last = self._recaps_by(person).last_changed_first().values("pk")[:1]
        return self.annotate(own_recap=Subquery(last))

    def _recaps_by(self, person: User) -> Any:
        recaps: Any = self.model._meta.get_field("recaps").related_model
        return recaps.objects.kept().by_author(person).filter(talk=OuterRef("pk"))

    def after(self, talk: Talk) -> TalkQuerySet:
        """Return the talks that come after the talk in the order of the programme."""
        then = _after_value("starts_at", talk.starts_at, Q(pk__gt=talk.pk))
        return self.filter(_after_value("given_on", talk.given_on, then))

    def newest_first(self) -> TalkQuerySet:
        """Order by day, the newest first, undated ones last."""
        return self.order_by("-sort_date", "-id")

    def in_programme_order(self) -> TalkQuerySet:
        """Order as the programme does: by day and start; undated ones come last."""
        return self.order_by(
            models.F("given_on").asc(nulls_last=True),
            models.F("starts_at").asc(nulls_last=True),
            "id",
        )

    def titles_in_programme_order(self) -> TalkQuerySet:
        """Load titles and addresses alone, in the order of the programme."""
        return self.only("title", "slug", "language", "conference").in_programme_order()

    def with_speakers(self) -> TalkQuerySet:
        """Load `credits` in their order, each with its speaker. One query."""
        credit: Any = self.model._meta.get_field("credits").related_model
        in_order = credit.objects.select_related("speaker").order_by("talk_id", "position")
        return self.prefetch_related(Prefetch("credits", in_order))

    def with_tags(self) -> TalkQuerySet:
        """Load `tagged` with its tags, by name. One query; lighter than taggit's own prefetch."""
        by_name = TaggedTalk.objects.select_related("tag").order_by("tag__key")
        return self.prefetch_related(Prefetch("tagged", by_name))

    def with_recap_counts(self) -> TalkQuerySet:
        """Annotate `recap_count`: the recaps that readers may see now."""
        recaps: Any = self.model._meta.get_field("recaps").related_model
        published = recaps.objects.published().filter(talk=OuterRef("pk")).order_by()
        counts = published.values("talk").annotate(number=Count("pk")).values("number")
        return self.annotate(recap_count=Coalesce(Subquery(counts), 0))

    def for_programme(self) -> TalkQuerySet:
        """Load what a conference's programme shows, in its order, with `recap_count`. Two queries.

        Abstracts stay away, and the conference too: it is the one that was asked.
        """
        return (
            self.defer("abstract", "announced")
            .with_speakers()
            .with_recap_counts()
            .in_programme_order()
        )

    def for_calendar(self) -> TalkQuerySet:
        """Load what an event of a calendar says, in programme order. One query beside its own."""
        texts = ("abstract", "announced", "conference__description")
        loaded = self.select_related("conference").defer(*texts)
        return loaded.with_speakers().in_programme_order()

    def pairs_with(
        self, *, tags: Iterable[int], speakers: Iterable[int], most: int
    ) -> list[tuple[str, int]]:
        """Return which talks have one of the tags or speakers: pairs of the thing and a talk's id.

        Args:
            tags, speakers: their ids.
            most: for each of them only so many talks are looked at, those that were added last.

        In no order. One query, of index scans that stop; none where nothing is asked.
        """
        tagged, credited = (_rows_behind(self.model, name) for name in ("tagged", "credits"))
        parts = [
            *(_pairs(f"tag {pk}", tagged.filter(tag=pk), "content_object_id") for pk in tags),
            *(_pairs(f"speaker {pk}", credited.filter(speaker=pk), "talk_id") for pk in speakers),
        ]
        slices = [part[:most] for part in parts]
        return list(slices[0].union(*slices[1:], all=True)) if slices else []

    def for_related(self, ids: Iterable[int]) -> TalkQuerySet:
        """Load what talks/_related.html shows of these. No query more."""
        return self.filter(pk__in=list(ids)).with_names()

    def with_names(self) -> TalkQuerySet:
        """Load the conference of each talk, and annotate `speaker_names`. No query more."""
        credit: Any = self.model._meta.get_field("credits").related_model
        of_it = credit.objects.filter(talk=OuterRef("pk")).order_by("position")
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

        The speakers come with their other names, by which they may have been announced.
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


def _rows_behind(model: Any, relation: str) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model._meta.get_field(relation).related_model.objects.all()
    return rows


def _pairs(thing: str, rows: models.QuerySet[Any], talk: str) -> models.QuerySet[Any]:
    """Return the thing beside the talk of each row, the talk added last first."""
    named = Value(thing, output_field=models.CharField())
    return rows.order_by(f"-{talk}").values_list(named, talk)


def _after_value(column: str, value: Any, then: Q) -> Q:
    """Return what stands after a value of the column, nulls last, or beside it and then `then`."""
    if value is None:
        return Q(**{f"{column}__isnull": True}) & then
    later = Q(**{f"{column}__gt": value}) | Q(**{f"{column}__isnull": True})
    return later | Q(**{column: value}) & then
