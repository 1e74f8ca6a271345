"""Conferences and their series. A conference is one edition; a series is it over the years."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.places import countries, country_name, time_zone_of, validate_time_zone
from conferences.querysets import ConferenceQuerySet, SeriesQuerySet
from foundation.models.fields import (
    DayField,
    LineField,
    MomentField,
    ProseField,
    WebAddressField,
    prose_constraint,
)
from foundation.models.old_addresses import OldAddress
from foundation.models.one_owner import address_stays, old_address_stays
from foundation.models.slug_columns import SlugColumn, slug_constraints
from foundation.text.bounds import day_constraints, moment_constraints

TITLE_MAX_LENGTH = 300
# Where a list is ordered by a date that a row may not have, undated rows stand at the far end.
UNDATED = dt.date(1, 1, 1)


class Series(models.Model):
    """A conference over the years: "DjangoCon Europe"."""

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
        """Return which day it is there at a moment; by the site's clock where its is unknown."""
        known = time_zone_of(self.time_zone) if self.time_zone else None
        return timezone.localdate(moment, known)

    def is_on_at(self, moment: dt.datetime) -> bool:
        """Tell whether the moment falls on one of its days, as they are there."""
        if self.starts_on is None:
            return False
        return self.starts_on <= self.day_at(moment) <= (self.ends_on or self.starts_on)

    @property
    def year(self) -> int | None:
        """The year it starts in, None where its dates are unknown."""
        return self.starts_on.year if self.starts_on else None

    @property
    def country_name(self) -> str:
        """The country in the reader's language, '' where it is unknown."""
        return country_name(self.country)

    @property
    def place(self) -> str:
        """City and country, as far as they are known."""
        return ", ".join(part for part in (self.city, self.country_name) if part)

    @property
    def described(self) -> str:
        """Its title with what tells it from others of that title: day, place and address."""
        day = self.starts_on.isoformat() if self.starts_on else ""
        return " · ".join(part for part in (self.title, day, self.place, self.slug) if part)


class OldSeriesSlug(OldAddress):
    """An address that a series had before."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old series address")
        verbose_name_plural = _("old series addresses")
        constraints = [
            old_address_stays("old_series_address", live="conferences.Series", owner="series"),
        ]


class OldConferenceSlug(OldAddress):
    """An address that a conference had before."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old conference address")
        verbose_name_plural = _("old conference addresses")
        constraints = [
            old_address_stays(
                "old_conference_address", live="conferences.Conference", owner="conference"
            ),
        ]
