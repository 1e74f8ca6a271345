"""Questions about talks and tags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Prefetch
from taggit.models import NaturalKeyManager

from notes_site.names import name_key
from notes_site.slugs import slug_of, unique_slug
from talks.tag_text import clean_tag_name

if TYPE_CHECKING:
    from speakers.models import Speaker
    from talks.models import Tag, Talk


@dataclass(frozen=True)
class ResolvedTags:
    """Tags by the key of the name they were asked for with."""

    by_key: dict[str, Tag] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def of(self, name: str) -> Tag | None:
        """Return the tag that the name means; None where it was unknown or says nothing."""
        return self.by_key.get(name_key(clean_tag_name(name)))

    def tags(self) -> list[Tag]:
        """Return the tags, each once, in the order of the names."""
        return list(dict.fromkeys(self.by_key.values()))


class TagQuerySet(models.QuerySet["Tag"]):
    """Topics."""

    def at_old_address(self, slug: str) -> TagQuerySet:
        """Return the tag whose page had this address before."""
        return self.filter(aliases__slug=slug)

    def with_talk_counts(self) -> TagQuerySet:
        """Annotate `talk_count`."""
        return self.annotate(talk_count=Count("tagged_talks"))

    def most_used(self) -> TagQuerySet:
        """Return tags in use with `talk_count`, the most used first."""
        return self.with_talk_counts().filter(talk_count__gt=0).order_by("-talk_count", "name")

    def find(self, names: Iterable[str]) -> ResolvedTags:
        """Return the tags that the names mean, by key and then by synonym. Two queries.

        Names that no tag or synonym has are listed as unknown, cleaned, each once.
        """
        wanted: dict[str, str] = {}
        for name in names:
            cleaned = clean_tag_name(name)
            if name_key(cleaned):
                wanted.setdefault(name_key(cleaned), cleaned)
        live = {tag.key: tag for tag in self.filter(key__in=wanted)} if wanted else {}
        rest = [key for key in wanted if key not in live]
        synonyms = self._by_synonym(rest) if rest else {}
        by_key = {key: tag for key in wanted if (tag := live.get(key) or synonyms.get(key))}
        return ResolvedTags(by_key, [name for key, name in wanted.items() if key not in by_key])

    def resolve(self, names: Iterable[str]) -> ResolvedTags:
        """Return the tags that the names mean, making the unknown ones.

        At most five queries, whatever the number of names. Two processes that make the same
        tag at once end with one.
        """
        found = self.find(names)
        if not found.unknown:
            return found
        self.bulk_create(self._new_tags(found.unknown), ignore_conflicts=True)
        made = self.find(found.unknown)
        return ResolvedTags(
            {
                name_key(name): tag
                for name in self._in_order(names)
                if (tag := found.of(name) or made.of(name))
            }
        )

    def _in_order(self, names: Iterable[str]) -> list[str]:
        return [cleaned for name in names if name_key(cleaned := clean_tag_name(name))]

    def _by_synonym(self, keys: list[str]) -> dict[str, Tag]:
        tags = self.filter(aliases__key__in=keys).annotate(synonym=models.F("aliases__key"))
        return {tag.synonym: tag for tag in tags}

    def _new_tags(self, names: list[str]) -> list[Tag]:
        bases = {slug_of(name, fallback="tag") for name in names}
        pattern = "|".join(f"^{base}(-[0-9]+)?$" for base in sorted(bases))
        taken = set(self.filter(slug__regex=pattern).values_list("slug", flat=True))
        tags = []
        for name in names:
            slug = unique_slug(name, taken=taken, fallback="tag")
            taken.add(slug)
            tags.append(self.model(name=name, slug=slug))
        return tags


class TagManager(NaturalKeyManager.from_queryset(TagQuerySet)):  # type: ignore[misc]  # -- made at run time
    """Tags, by the questions of TagQuerySet."""


class TalkQuerySet(models.QuerySet["Talk"]):
    """Talks of all conferences, cancelled ones too."""

    def tagged(self, tag: Tag) -> TalkQuerySet:
        """Return the talks that have the tag."""
        return self.filter(tagged__tag=tag)

    def by_speaker(self, speaker: Speaker) -> TalkQuerySet:
        """Return the talks that the person gave."""
        return self.filter(credits__speaker=speaker)

    def given(self) -> TalkQuerySet:
        """Return the talks whose day is known."""
        return self.filter(given_on__isnull=False)

    def given_between(self, first: dt.date, last: dt.date) -> TalkQuerySet:
        """Return the talks of these days, both included."""
        return self.filter(given_on__gte=first, given_on__lte=last)

    def at_old_address(self, conference_id: int, slug: str) -> TalkQuerySet:
        """Return the talk that had this address at this conference before."""
        return self.filter(old_slugs__conference=conference_id, old_slugs__slug=slug)

    def newest_first(self) -> TalkQuerySet:
        """Order by day, the newest first, undated ones last."""
        return self.order_by("-sort_date", "-id")

    def in_programme_order(self) -> TalkQuerySet:
        """Order as the programme does: by day and start; undated ones come last."""
        return self.order_by(
            models.F("given_on").asc(nulls_last=True), models.F("starts_at").asc(nulls_last=True), "id"
        )

    def with_speakers(self) -> TalkQuerySet:
        """Load `credits` in their order, each with its speaker. One query."""
        credits: Any = self.model._meta.get_field("credits").related_model
        in_order = credits.objects.select_related("speaker").order_by("talk_id", "position")
        return self.prefetch_related(Prefetch("credits", in_order))

    def with_tags(self) -> TalkQuerySet:
        """Load `tagged` with its tags, by name. One query; lighter than taggit's own prefetch."""
        tagged: Any = self.model._meta.get_field("tagged").related_model
        by_name = tagged.objects.select_related("tag").order_by("tag__key")
        return self.prefetch_related(Prefetch("tagged", by_name))

    def for_cards(self) -> TalkQuerySet:
        """Load what includes/talk_card.html shows. Two queries beside the list's own."""
        return self.select_related("conference").with_speakers().with_tags()
