"""Conferences (one edition each) and their series (all editions of a conference)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.places import countries, country_name, time_zone_of, validate_time_zone
from foundation.models.broken_rows import SoundQuerySet
from foundation.models.fields import (
    DayField,
    LineField,
    MomentField,
    ProseField,
    WebAddressField,
    prose_constraint,
)
from foundation.models.old_addresses import AddressedQuerySet, OldAddress
from foundation.models.one_owner import address_stays, old_address_stays
from foundation.models.relations import rows_behind
from foundation.models.slug_columns import SlugColumn, slug_constraints
from foundation.text.bounds import day_constraints, moment_constraints


class SeriesQuerySet(AddressedQuerySet, models.QuerySet["Series"]):
    """Queryset of series."""

    def held(self) -> SeriesQuerySet:
        """Return the series with at least one edition, by title."""
        return self.filter(editions__isnull=False).distinct().order_by("title", "id")

    def held_with_years(self) -> SeriesQuerySet:
        """Return the series with at least one edition by case-insensitive title,
        `with_editions`.
        """
        held: Any = self.with_editions()
        return held.filter(edition_count__gt=0).order_by(Lower("title"), "id")

    def with_editions(self) -> SeriesQuerySet:
        """Annotate `edition_count`, `first_start` and `last_start` (dates or None)."""
        return self.annotate(
            edition_count=Count("editions"),
            first_start=Min("editions__starts_on"),
            last_start=Max("editions__starts_on"),
        )


class ConferenceQuerySet(AddressedQuerySet, SoundQuerySet["Conference"]):
    """Queryset of conferences."""

    def called(self, *, slugs: Iterable[str], titles: Iterable[str]) -> ConferenceQuerySet:
        """Return those with one of these slugs or exactly one of these titles."""
        return self.filter(Q(slug__in=slugs) | Q(title__in=titles)).only("slug", "title")

    def at_old_addresses(self, slugs: Iterable[str]) -> ConferenceQuerySet:
        """Return those that had one of these slugs, annotated as `old_slug`."""
        had = self.filter(old_slugs__slug__in=slugs)
        return had.annotate(old_slug=F("old_slugs__slug")).only("slug", "title")

    def at_any_address(self, slug: str) -> ConferenceQuerySet:
        """Return the conference that has this slug, then the one that had it: two at most."""
        old_slugs = rows_behind(self.model, "old_slugs")
        had = Q(pk__in=old_slugs.filter(slug=slug).values("conference"))
        lives_here = Case(When(slug=slug, then=0), default=1)
        return self.filter(Q(slug=slug) | had).order_by(lives_here, "id")

    def in_country(self, country: str) -> ConferenceQuerySet:
        """Return those held in the country (ISO 3166, two letters)."""
        return self.filter(country=country)

    def of_series(self, slug: str) -> ConferenceQuerySet:
        """Return the editions of the series with this slug."""
        return self.filter(series__slug=slug)

    def held_in(self, *, country: str, series_slug: str) -> ConferenceQuerySet:
        """Filter by country and by series; '' means no filter."""
        rows = self.in_country(country) if country else self.all()
        return rows.of_series(series_slug) if series_slug else rows

    def on_around(self, day: dt.date) -> ConferenceQuerySet:
        """Return those that are running on the day, or begin within two weeks of it,
        nearest first.
        """
        soon = day + dt.timedelta(days=14)
        return self.filter(
            Q(ends_on__gte=day) | Q(ends_on__isnull=True, starts_on__gte=day),
            starts_on__lte=soon,
            dates_estimated=False,
        ).order_by("starts_on", "id")

    def on_at(self, moment: dt.datetime) -> list[Conference]:
        """Return those that are running at the moment in their local time, the first to
        end first.

        Conferences with estimated dates are left out. One query.
        """
        day, span = moment.date(), dt.timedelta(days=2)  # wider than any two clocks are apart
        near = self.filter(
            Q(ends_on__gte=day - span) | Q(ends_on__isnull=True, starts_on__gte=day - span),
            starts_on__lte=day + span,
            dates_estimated=False,
        )
        ordered = near.defer("description").order_by(Coalesce("ends_on", "starts_on"), "id")
        return [conference for conference in ordered if conference.is_on_at(moment)]

    def newest_first(self) -> ConferenceQuerySet:
        """Order by first day, newest first, undated ones last."""
        return self.order_by("-sort_date", "-id")

    def oldest_first(self) -> ConferenceQuerySet:
        """Order by first day, undated ones first."""
        return self.order_by("sort_date", "id")

    def with_counts(self) -> ConferenceQuerySet:
        """Annotate `talk_count` and `recap_count` (published recaps of the conference and its
        talks).

        Counted in subqueries, so that a page of a long list counts for its own rows only.
        """
        talks = rows_behind(self.model, "talks")
        recaps = rows_behind(self.model, "recaps")
        published = recaps.published()
        return self.annotate(
            talk_count=_number(talks.all(), "conference"),
            recap_count=_number(published, "conference") + _of_talks(talks, published),
        )

    def with_twins(self) -> ConferenceQuerySet:
        """Annotate `has_twin`: another conference has the same title, first day and place. No extra
        query.
        """
        same: Any = {name: OuterRef(name) for name in ("sort_date", "title", "city", "country")}
        twins = self.model._default_manager.filter(**same).exclude(pk=OuterRef("pk"))
        return self.annotate(has_twin=Exists(twins))

    def for_lists(self) -> ConferenceQuerySet:
        """Load what a list shows of each conference, `with_twins`. No extra query."""
        return self.with_counts().with_twins()

    def with_coverage(self) -> ConferenceQuerySet:
        """Annotate `covered_count`: how many of its talks have a published recap."""
        recaps = rows_behind(self.model, "recaps")
        covering = recaps.published().filter(talk__conference=OuterRef("pk")).order_by()
        counted = covering.values("talk__conference").annotate(number=Count("talk", distinct=True))
        return self.annotate(covered_count=Coalesce(Subquery(counted.values("number")), 0))

    def with_series(self) -> ConferenceQuerySet:
        """Load the series of each conference. No extra query."""
        return self.select_related("series")

    def countries(self) -> list[str]:
        """Return the distinct country codes. One query."""
        codes = self.exclude(country="").order_by().values_list("country", flat=True)
        return list(codes.distinct())


def _number(rows: models.QuerySet[Any], relation: str) -> Coalesce:
    """Return the number of rows whose relation points at the outer row."""
    counted = rows.filter(**{relation: OuterRef("pk")}).order_by().values(relation)
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


def _of_talks(talks: Any, recaps: models.QuerySet[Any]) -> Coalesce:
    """Return the number of recaps about a talk of the outer conference.

    A subquery per talk uses the index; for a join, PostgreSQL would read all recaps.
    """
    here = talks.filter(conference=OuterRef("pk")).order_by().values("conference")
    total = here.annotate(number=Sum(_number(recaps, "talk"))).values("number")
    return Coalesce(Subquery(total, output_field=models.IntegerField()), 0)


TITLE_MAX_LENGTH = 300
# Where a list is ordered by a date that a row may not have, undated rows stand at the far end.
UNDATED = dt.date(1, 1, 1)


class Series(models.Model):
    """All editions of a conference: "DjangoCon Europe"."""

    title = LineField(_("title"), max_length=TITLE_MAX_LENGTH)
    slug = SlugColumn(unique=True, help_text=_("Made from the title when left empty."))
    website = WebAddressField(_("website"), blank=True, default="")
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title", "id"]
        constraints = [
            *slug_constraints("series"),
            *moment_constraints("series", "created_at"),
            address_stays("series", old="conferences.OldSeriesSlug", owner="series"),
            models.CheckConstraint(
                name="series_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("A series needs a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class Conference(models.Model):
    """One edition of a conference: "DjangoCon Europe 2017"."""

    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("series"),
    )
    title = LineField(_("title"), max_length=TITLE_MAX_LENGTH)
    slug = SlugColumn(
        unique=True,
        help_text=_(
            "Made from the title when left empty. The old address of a changed one redirects here."
        ),
    )
    starts_on = DayField(_("first day"), null=True, blank=True)
    ends_on = DayField(_("last day"), null=True, blank=True)
    dates_estimated = models.BooleanField(
        _("dates are estimated"),
        default=False,
        help_text=_("They were taken from the recordings, often the days of upload."),
    )
    city = LineField(_("city"), max_length=100, blank=True, default="")
    country = models.CharField(
        _("country"), max_length=2, blank=True, default="", choices=countries
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        default="",
        validators=[validate_time_zone],
        help_text=_("An IANA name such as Europe/Berlin, or an offset such as +05:30."),
    )
    time_zone_guessed = models.BooleanField(_("time zone is guessed"), default=False)
    website = WebAddressField(_("website"), blank=True, default="")
    description = ProseField(_("description"), blank=True, default="")
    sort_date = models.GeneratedField(
        expression=Coalesce(F("starts_on"), Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="conference_newest_first"),
            models.Index(fields=["series", "starts_on"], name="conference_in_series"),
            models.Index(fields=["country"], name="conference_in_country"),
        ]
        constraints = [
            *slug_constraints("conference"),
            prose_constraint("conference", "description"),
            *day_constraints("conference", "starts_on", "ends_on"),
            *moment_constraints("conference", "created_at"),
            address_stays("conference", old="conferences.OldConferenceSlug", owner="conference"),
            models.CheckConstraint(
                name="conference_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("A conference needs a title."),
            ),
            models.CheckConstraint(
                name="conference_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A conference cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="conference_that_ends_has_a_start",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False),
                violation_error_message=_("A conference with a last day needs a first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conference", args=[self.slug])

    def day_at(self, moment: dt.datetime) -> dt.date:
        """Return the local date at a moment; in the site's time zone if the conference's is
        unknown.
        """
        known = time_zone_of(self.time_zone) if self.time_zone else None
        return timezone.localdate(moment, known)

    def is_on_at(self, moment: dt.datetime) -> bool:
        """Return whether the moment is on one of the conference's days, in its local time."""
        if self.starts_on is None:
            return False
        return self.starts_on <= self.day_at(moment) <= (self.ends_on or self.starts_on)

    @property
    def year(self) -> int | None:
        """The year of the first day, None if the dates are unknown."""
        return self.starts_on.year if self.starts_on else None

    @property
    def country_name(self) -> str:
        """The country in the reader's language, '' if it is unknown."""
        return country_name(self.country)

    @property
    def place(self) -> str:
        """City and country, as far as they are known."""
        return ", ".join(part for part in (self.city, self.country_name) if part)

    @property
    def described(self) -> str:
        """The title with day, place and slug, which tell it from conferences of the same title."""
        day = self.starts_on.isoformat() if self.starts_on else ""
        return " · ".join(part for part in (self.title, day, self.place, self.slug) if part)


class OldSeriesSlug(OldAddress):
    """A former slug of a series."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old series address")
        verbose_name_plural = _("old series addresses")
        constraints = [
            old_address_stays("old_series_address", live="conferences.Series", owner="series"),
        ]


class OldConferenceSlug(OldAddress):
    """A former slug of a conference."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old conference address")
        verbose_name_plural = _("old conference addresses")
        constraints = [
            old_address_stays(
                "old_conference_address", live="conferences.Conference", owner="conference"
            ),
        ]
