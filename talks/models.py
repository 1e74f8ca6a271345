"""Talks with their speakers, recordings, links and tags.

Tags are django-taggit's, with our own Tag and through model: every way of adding one ends in
`Tag.objects.resolve`, so that a key has one spelling.
"""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import MD5, Coalesce, ExtractYear, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from conferences.models import UNDATED, Conference
from conferences.places import time_zone_of
from foundation.models.fields import (
    DayField,
    DerivedField,
    LengthField,
    LineField,
    MomentField,
    ProseField,
    WebAddressField,
    prose_constraint,
)
from foundation.models.folding import folded_index
from foundation.models.old_addresses import OldAddress
from foundation.models.on_delete import protect_what_people_added
from foundation.models.one_owner import address_stays, name_stays, old_address_stays
from foundation.models.slug_columns import slug_constraints
from foundation.text.bounds import day_constraints, moment_constraints
from foundation.text.languages import LanguageField, language_constraint
from foundation.text.names import name_key
from foundation.text.slugs import (
    RESERVED_TALK_SLUGS,
    SLUG_MAX_LENGTH,
    address_of,
    slug_of,
    validate_slug,
)
from speakers.models import NAME_MAX_LENGTH, Speaker
from talks.enums import AbstractFormat, LinkKind, Provider, SpeakerRole, TalkKind
from talks.querysets import TalkQuerySet
from talks.recordings import OffsetField, ProviderField, VideoIdField
from talks.revisions import EventRevision  # noqa: F401 -- a model of this app
from talks.tag_querysets import TagManager
from talks.tagging.taggit_manager import ResolvingTagManager
from talks.tagging.text import TAG_MAX_LENGTH
from talks.topic_querysets import TaggedTalkQuerySet

TITLE_MAX_LENGTH = 500
# A stream of several days; below nothing where a recording begins after its talk.
LONGEST_OFFSET = 7 * 24 * 3600
LONGEST_TALK = dt.timedelta(hours=24)


class Tag(TagBase):
    """A topic. One spelling per key; other spellings and synonyms are its aliases."""

    name = LineField(_("name"), max_length=TAG_MAX_LENGTH, unique=True)
    key = DerivedField(source="name", derive=name_key, max_length=300, unique=True)
    slug = models.CharField(
        _("address (slug)"),
        max_length=SLUG_MAX_LENGTH,
        unique=True,
        blank=True,
        validators=[validate_slug],
        help_text=_("Made from the name when left empty."),
    )
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    objects = TagManager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            *slug_constraints("tag"),
            *moment_constraints("tag", "created_at"),
            address_stays("tag", old="talks.TagAlias", owner="tag"),
            name_stays(
                "tag_name_is_no_others_synonym",
                owner="id",
                other="talks.TagAlias.tag",
                message=_("This is a synonym of “%(owner)s”."),
            ),
            models.CheckConstraint(
                name="tag_has_a_name",
                condition=~Q(key=""),
                violation_error_message=_("A tag needs a name with at least one visible sign."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return a tag's slug for django-taggit, which counts up where it is taken."""
        slug = slug_of(tag, fallback="tag")
        return slug if i is None else f"{slug[: SLUG_MAX_LENGTH - 8]}-{i + 1}"


class TagAlias(models.Model):
    """A synonym of a tag, an old address of its page, or both."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    name = LineField(_("synonym"), max_length=TAG_MAX_LENGTH, blank=True, default="")
    key = DerivedField(source="name", derive=name_key, max_length=300)
    # Who asks for it in an address is led to the tag.
    address = DerivedField(
        source="name", derive=address_of, max_length=SLUG_MAX_LENGTH, default="", db_index=True
    )
    slug = models.CharField(
        _("old address (slug)"), max_length=SLUG_MAX_LENGTH, unique=True, null=True, blank=True
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key=""),
                name="tag_alias_key_once",
                violation_error_code="unique",
                violation_error_message=_("Another tag has this synonym already."),
            ),
            models.CheckConstraint(
                name="tag_alias_says_something",
                condition=~Q(key="") | Q(slug__isnull=False),
                violation_error_message=_("A synonym needs at least one visible sign."),
            ),
            old_address_stays("tag_alias_address", live="talks.Tag", owner="tag"),
            name_stays(
                "tag_alias_name_is_no_other_tag",
                owner="tag",
                other="talks.Tag.id",
                message=_("There is a tag “%(owner)s” already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug or ""


class Talk(models.Model):  # type: ignore[django-manager-missing]  # -- taggit is untyped
    """One session given at one conference. Cancelled ones are marked, never deleted."""

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="talks", verbose_name=_("conference")
    )
    title = LineField(_("title"), max_length=TITLE_MAX_LENGTH)
    slug = models.CharField(
        _("address (slug)"),
        max_length=SLUG_MAX_LENGTH,
        blank=True,
        validators=[validate_slug],
        help_text=_("Made from the title when left empty. A changed address goes on working."),
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
        """Its start by the clock of its conference, which must be loaded.

        None where it is unknown, and where the conference's time zone is: then nobody knows what
        the clock shows.
        """
        if self.starts_at is None or not self.conference.time_zone:
            return None
        return self.starts_at.astimezone(time_zone_of(self.conference.time_zone))

    @property
    def shown_tags(self) -> list[Tag]:
        """Its tags in their order, from what `TalkQuerySet.with_tags` loaded."""
        return [item.tag for item in self.tagged.all()]


class TalkSpeaker(models.Model):
    """That a person speaks at a talk: in which place, in which role, under which spelling."""

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


class Recording(models.Model):
    """One video of a talk."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="recordings")
    provider = ProviderField(_("provider"), max_length=12, choices=Provider, default=Provider.OTHER)
    url = WebAddressField(_("address"))
    video_id = VideoIdField(_("video id"), max_length=200, blank=True, default="")
    language = LanguageField(_("language"))
    offset_seconds = OffsetField(
        _("offset in seconds"),
        default=0,
        validators=[MinValueValidator(-LONGEST_OFFSET), MaxValueValidator(LONGEST_OFFSET)],
        help_text=_("How far into the video the talk begins."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["position", "id"]
        constraints = [
            language_constraint("recording"),
            # An address can be longer than an index row, its digest cannot.
            models.UniqueConstraint(
                F("talk"),
                MD5("url"),
                name="recording_once_per_talk",
                violation_error_message=_("The talk has this recording already."),
            ),
            models.CheckConstraint(
                name="recording_offset_is_plausible",
                condition=Q(offset_seconds__range=(-LONGEST_OFFSET, LONGEST_OFFSET)),
                violation_error_message=_("A talk begins at most a week into its recording."),
            ),
            models.CheckConstraint(
                name="recording_url_is_a_web_address",
                condition=Q(url__regex=r"^https?://[^[:space:]]+$"),
                violation_error_message=_("A recording's address starts with http:// or https://."),
            ),
        ]

    def __str__(self) -> str:
        return self.url


class TalkLink(models.Model):
    """A page, slides or code that belong to a talk."""

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


class TaggedTalk(ItemBase):
    """That a talk has a tag, and who added it (nobody where an importer did)."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged_talks")
    content_object = models.ForeignKey(
        Talk, protect_what_people_added, related_name="tagged", db_index=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The talk's own, kept by triggers, so that a topic's years are read from an index alone.
    sort_date = models.DateField(db_default=Value(UNDATED), editable=False)
    year = models.GeneratedField(
        expression=ExtractYear("sort_date"),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = TaggedTalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of a talk")
        verbose_name_plural = _("tags of talks")
        indexes = [
            models.Index(fields=["content_object"], name="tagged_talk_by_talk"),
            models.Index(
                fields=["tag", "-sort_date", "-content_object"],
                include=["year"],
                name="tagged_talk_newest_first",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_talk_once")
        ]


class OldTalkSlug(OldAddress):
    """An address that a talk had before, at this or another conference."""

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
