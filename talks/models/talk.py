"""Models of talks, their speakers, links and old URLs."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import MD5, Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from conferences.models import UNDATED, Conference
from conferences.places import time_zone_of
from foundation.models.fields import (
    DayField,
    LengthField,
    LineField,
    MomentField,
    ProseField,
    WebAddressField,
    prose_constraint,
)
from foundation.models.folding import folded_index
from foundation.models.old_addresses import OldAddress
from foundation.models.one_owner import address_stays, old_address_stays
from foundation.models.slug_columns import SlugColumn, slug_constraints
from foundation.text.bounds import day_constraints, moment_constraints
from foundation.text.languages import LanguageField, language_constraint
from foundation.text.slugs import (
    RESERVED_TALK_SLUGS,
    SLUG_MAX_LENGTH,
)
from speakers.models import NAME_MAX_LENGTH, Speaker
from talks.enums import AbstractFormat, LinkKind, SpeakerRole, TalkKind
from talks.models.tag import ResolvingTagManager, Tag
from talks.models.talk_queryset import TalkQuerySet

TITLE_MAX_LENGTH = 500
LONGEST_TALK = dt.timedelta(hours=24)


class Talk(models.Model):  # type: ignore[django-manager-missing]  # -- taggit is untyped
    """One session given at one conference. Cancelled ones are marked, never deleted."""

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="talks", verbose_name=_("conference")
    )
    title = LineField(_("title"), max_length=TITLE_MAX_LENGTH)
    slug = SlugColumn(
        help_text=_(
            "Made from the title when left empty. The old address of a changed one redirects here."
        ),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=TalkKind, default=TalkKind.TALK)
    given_on = DayField(
        _("day"),
        null=True,
        blank=True,
        help_text=_("The day of the programme: a talk after midnight belongs to the day before."),
    )
    starts_at = MomentField(_("starts at"), null=True, blank=True)
    duration = LengthField(_("duration"), null=True, blank=True)
    room = LineField(_("room"), max_length=200, blank=True, default="")
    track = LineField(_("track"), max_length=200, blank=True, default="")
    language = LanguageField(_("language"), help_text=_("A code such as en, de or pt-BR."))
    abstract = ProseField(_("abstract as announced"), blank=True, default="")
    abstract_format = models.CharField(
        _("abstract format"),
        max_length=10,
        choices=AbstractFormat,
        default=AbstractFormat.PLAIN,
    )
    speakers = models.ManyToManyField(
        Speaker, through="TalkSpeaker", related_name="talks", verbose_name=_("speakers")
    )
    speakers_note = LineField(
        _("instead of speakers"),
        max_length=NAME_MAX_LENGTH,
        blank=True,
        default="",
        help_text=_("What the programme says where it names nobody: “Various speakers”."),
    )
    licence = LineField(_("licence"), max_length=500, blank=True, default="")
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    do_not_record = models.BooleanField(_("not to be recorded"), default=False)
    announced = models.JSONField(_("as first announced"), default=dict, blank=True, editable=False)
    sort_date = models.GeneratedField(
        expression=Coalesce(F("given_on"), Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    tags = TaggableManager(
        through="TaggedTalk", manager=ResolvingTagManager, blank=True, verbose_name=_("tags")
    )
    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        indexes = [
            models.Index(
                fields=["-given_on", "-id"],
                name="talk_by_day",
                condition=Q(given_on__isnull=False),
            ),
            models.Index(fields=["-sort_date", "-id"], name="talk_newest_first"),
            folded_index("title", name="talk_title_folded"),
            models.Index(
                fields=["conference", "given_on", "starts_at", "id"], name="talk_in_programme"
            ),
        ]
        constraints = [
            language_constraint("talk"),
            *slug_constraints("talk", reserved=RESERVED_TALK_SLUGS),
            *day_constraints("talk", "given_on"),
            prose_constraint("talk", "abstract"),
            *moment_constraints("talk", "starts_at", "created_at"),
            address_stays("talk", old="talks.OldTalkSlug", owner="talk", scope=["conference"]),
            models.UniqueConstraint(
                fields=["conference", "slug"],
                name="talk_slug_once_per_conference",
                violation_error_message=_("The conference has a talk with this address already."),
            ),
            models.CheckConstraint(
                name="talk_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("A talk needs a title."),
            ),
            models.CheckConstraint(
                name="talk_with_a_start_has_a_day",
                condition=Q(starts_at__isnull=True) | Q(given_on__isnull=False),
                violation_error_message=_("A talk with a start needs the day of the programme."),
            ),
            models.CheckConstraint(
                name="talk_duration_is_plausible",
                condition=Q(duration__isnull=True)
                | Q(duration__gt=dt.timedelta(0), duration__lte=LONGEST_TALK),
                violation_error_message=_("A talk lasts longer than nothing and at most 24 hours."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the talk's address. Its conference must be loaded."""
        return reverse("talk", args=[self.conference.slug, self.slug])

    @property
    def local_start(self) -> dt.datetime | None:
        """Its start in the time zone of its conference, which must be loaded.

        None if it is unknown, or if the conference's time zone is: then nobody knows the local
        time.
        """
        if self.starts_at is None or not self.conference.time_zone:
            return None
        return self.starts_at.astimezone(time_zone_of(self.conference.time_zone))

    @property
    def shown_tags(self) -> list[Tag]:
        """Its tags in their order, as `TalkQuerySet.with_tags` loaded them."""
        return [item.tag for item in self.tagged.all()]


class TalkSpeaker(models.Model):
    """A speaker's credit on a talk: position, role, spelling of the name."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="credits")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="credits")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(
        _("role"), max_length=10, choices=SpeakerRole, default=SpeakerRole.SPEAKER
    )
    credited_as = LineField(
        _("credited as"),
        max_length=NAME_MAX_LENGTH,
        blank=True,
        default="",
        help_text=_("The spelling in the programme, where it is another one."),
    )

    class Meta:
        verbose_name = _("speaker of a talk")
        verbose_name_plural = _("speakers of a talk")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "speaker"],
                name="talk_speaker_once",
                violation_error_message=_("This person is among the speakers already."),
            ),
            # Deferred, so that two speakers can change places within one save.
            models.UniqueConstraint(
                fields=["talk", "position"],
                name="talk_speaker_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.credited_as or str(self.speaker)


class TalkLink(models.Model):
    """A page, slides or code of a talk."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind, default=LinkKind.PAGE)
    url = WebAddressField(_("address"))
    label = LineField(_("label"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                F("talk"),
                MD5("url"),
                name="talk_link_once_per_talk",
                violation_error_message=_("The talk has this link already."),
            ),
            models.CheckConstraint(
                name="talk_link_url_is_a_web_address",
                condition=Q(url__regex=r"^https?://[^[:space:]]+$"),
                violation_error_message=_("A link's address starts with http:// or https://."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.url


class OldTalkSlug(OldAddress):
    """A former slug of a talk, at this or another conference."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="old_talk_slugs")
    slug = models.CharField(max_length=SLUG_MAX_LENGTH)
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old talk address")
        verbose_name_plural = _("old talk addresses")
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="old_talk_slug_once"),
            old_address_stays(
                "old_talk_address", live="talks.Talk", owner="talk", scope=["conference"]
            ),
        ]


class EventRevision(models.Model):
    """The revision of a calendar event: how often its content changed, and when it last did.

    Triggers maintain it; an event that never changed has none. It outlives deleted rows, so that a
    talk that is created again does not get an older revision.
    """

    name = models.CharField(max_length=80, primary_key=True)
    number = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision of an event")
        verbose_name_plural = _("revisions of events")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
