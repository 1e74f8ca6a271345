"""The model of recaps: what one author wrote about one talk, or about a whole conference."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from conferences.models import Conference
from foundation.models.fields import DayField, LineField, MomentField, ProseField, prose_constraint
from foundation.models.folding import folded_index
from foundation.models.old_addresses import OldAddress
from foundation.models.one_owner import HAD_BY_ANOTHER, address_stays, old_address_stays
from foundation.models.slug_columns import SlugColumn, slug_constraints
from foundation.text.bounds import FIRST_MOMENT, day_constraints, moment_constraints
from foundation.text.languages import LanguageField, language_constraint
from foundation.text.markdown import Entry, breaks_are_meant, contents_of, stored_html
from recaps.enums import Presence, RecapState, RecapStatus, Verdict
from recaps.models.recap_queryset import RecapQuerySet
from talks.models import ResolvingTagManager, Tag, Talk

# What versions are kept of.
TEXT_FIELDS = ("title", "summary", "body")
# The renderer version of a recap whose HTML says what was true before: see migration 0016.
STALE = 0
BODY_MAX_LENGTH = 200_000
SUMMARY_MAX_LENGTH = 1_000
_MOMENTS = ("published_at", "submitted_at", "updated_at", "deleted_at", "created_at")


class Recap(models.Model):  # type: ignore[django-manager-missing]  # -- taggit is untyped
    """One author's text about a talk or a conference, in Markdown, with its rendered HTML."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    talk = models.ForeignKey(
        Talk,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recaps",
        verbose_name=_("talk"),
    )
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recaps",
        verbose_name=_("conference"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recaps",
        verbose_name=_("author"),
    )
    title = LineField(
        _("title"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("A talk's recap without a title shows the talk's."),
    )
    slug = SlugColumn(
        unique=True,
        help_text=_(
            "Made from the title when left empty. The old address of a changed one redirects here."
        ),
    )
    summary = ProseField(
        _("summary"),
        max_length=SUMMARY_MAX_LENGTH,
        blank=True,
        default="",
        help_text=_("One paragraph for lists and feeds."),
    )
    body = ProseField(
        _("text"), max_length=BODY_MAX_LENGTH, blank=True, default="", help_text=_("Markdown.")
    )
    keep_breaks = models.BooleanField(
        _("line breaks"),
        null=True,
        blank=True,
        choices=(
            (None, _("as the text suggests")),
            (True, _("keep them as typed")),
            (False, _("join the lines of a paragraph")),
        ),
        help_text=_("A text of one thought per line suggests keeping them; wrapped lines do not."),
    )
    body_html = models.TextField(blank=True, default="", editable=False)
    renderer_version = models.PositiveIntegerField(default=0, editable=False)
    language = LanguageField(_("language"))
    verdict = models.CharField(
        _("verdict"),
        max_length=20,
        choices=Verdict,
        blank=True,
        default="",
        help_text=_("Was the talk what its abstract announced?"),
    )
    presence = models.CharField(
        _("attended or watched"), max_length=10, choices=Presence, blank=True, default=""
    )
    part_number = models.PositiveSmallIntegerField(
        _("part"),
        null=True,
        blank=True,
        help_text=_("Where the recap of a long conference has several: this is part 1 of 4."),
    )
    part_count = models.PositiveSmallIntegerField(_("of how many parts"), null=True, blank=True)
    day = DayField(
        _("day"),
        null=True,
        blank=True,
        help_text=_("Where a conference's recap is about one of its days."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=RecapStatus, default=RecapStatus.DRAFT
    )
    published_at = MomentField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("A moment to come schedules the recap: it appears by itself."),
    )
    submitted_at = MomentField(_("submitted at"), null=True, blank=True, editable=False)
    updated_at = MomentField(_("text changed at"), default=timezone.now, editable=False)
    # Counts the writes. Whoever writes names the version they started from (`recaps.writing`).
    version = models.PositiveIntegerField(default=0, editable=False)
    deleted_at = MomentField(_("in the bin since"), null=True, editable=False)
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    tags = TaggableManager(
        through="TaggedRecap",
        manager=ResolvingTagManager,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("For a conference's recap. A talk's recap shows its talk's tags."),
    )
    objects = RecapQuerySet.as_manager()

    class Meta:
        verbose_name = _("recap")
        verbose_name_plural = _("recaps")
        permissions = [("publish_recap", _("Can publish recaps, and see and edit everybody's"))]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="recap_published_newest",
                include=["talk"],
                condition=Q(status=RecapStatus.PUBLISHED, deleted_at__isnull=True),
            ),
            models.Index(
                fields=["submitted_at", "id"],
                name="recap_submitted_first",
                condition=Q(
                    status=RecapStatus.DRAFT, deleted_at__isnull=True, submitted_at__isnull=False
                ),
            ),
            models.Index(fields=["talk", "published_at"], name="recap_of_talk"),
            folded_index("title", name="recap_title_folded"),
            models.Index(fields=["conference", "published_at"], name="recap_of_conference"),
            models.Index(fields=["author", "updated_at"], name="recap_by_author"),
        ]
        constraints = [
            language_constraint("recap"),
            *slug_constraints("recap"),
            *moment_constraints("recap", *_MOMENTS),
            *day_constraints("recap", "day"),
            address_stays(
                "recap", old="recaps.OldRecapSlug", owner="recap", message=HAD_BY_ANOTHER
            ),
            models.CheckConstraint(
                name="recap_has_one_subject",
                condition=Q(talk__isnull=True, conference__isnull=False)
                | Q(talk__isnull=False, conference__isnull=True),
                violation_error_message=_("A recap is about one talk or about one conference."),
            ),
            models.CheckConstraint(
                name="recap_has_a_title",
                condition=Q(talk__isnull=False) | ~Q(title=""),
                violation_error_message=_("A recap of a conference needs a title."),
            ),
            models.CheckConstraint(
                name="recap_verdict_is_on_a_talk",
                condition=Q(talk__isnull=False) | Q(verdict=""),
                violation_error_message=_("A verdict is about a talk."),
            ),
            models.CheckConstraint(
                name="recap_part_is_one_of_its_parts",
                condition=Q(part_number__isnull=True, part_count__isnull=True)
                | Q(
                    conference__isnull=False,
                    part_number__isnull=False,
                    part_count__isnull=False,
                    part_number__gte=1,
                    part_number__lte=F("part_count"),
                ),
                violation_error_message=_(
                    "Parts are those of a conference: give both numbers, such as part 1 of 4."
                ),
            ),
            models.CheckConstraint(
                name="recap_day_is_of_a_conference",
                condition=Q(day__isnull=True) | Q(conference__isnull=False),
                violation_error_message=_("A day is that of a conference's recap."),
            ),
            models.CheckConstraint(
                name="recap_published_has_a_moment",
                condition=~Q(status=RecapStatus.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published recap needs the moment of publication."),
            ),
            prose_constraint("recap", "summary", SUMMARY_MAX_LENGTH),
            models.CheckConstraint(
                name="recap_body_is_bounded",
                condition=Q(body__length__lte=BODY_MAX_LENGTH),
                violation_error_message=_("The text is longer than 200,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title

    def get_absolute_url(self) -> str:
        return reverse("recap", args=[self.slug])

    @property
    def shown_title(self) -> str:
        """Its title, or that of its loaded talk if it has none."""
        return self.title or (self.talk.title if self.talk else "")

    @property
    def has_own_title(self) -> bool:
        """Whether it has a title that differs from that of its loaded talk."""
        return bool(self.title) and not (self.talk and self.title == self.talk.title)

    @property
    def subject(self) -> Talk | Conference:
        """The talk or conference it is about, loaded."""
        subject = self.talk or self.conference
        if subject is None:  # pragma: no cover -- the database refuses such a row
            raise ValueError(gettext("A recap is about one talk or about one conference."))
        return subject

    @property
    def subject_conference(self) -> Conference:
        """The conference it is about, or the conference of its talk."""
        return self.talk.conference if self.talk else self.subject  # type: ignore[return-value]  # -- no talk: a conference

    @property
    def is_public(self) -> bool:
        """Whether readers may see it now; the same rule as `RecapQuerySet.published`."""
        return (
            self.status == RecapStatus.PUBLISHED
            and self.deleted_at is None
            and self.published_at is not None
            and FIRST_MOMENT <= self.published_at <= timezone.now()
        )

    @property
    def revised_at(self) -> dt.datetime:
        """When the public text last changed: changes of a draft count from its publication."""
        return max(self.updated_at, self.published_at or self.updated_at)

    @property
    def was_revised(self) -> bool:
        """Whether the public text changed on a later day than its publication: a page then shows
        both days.
        """
        came = max(self.created_at, self.published_at or self.created_at)
        return timezone.localdate(self.updated_at) > timezone.localdate(came)

    @property
    def state(self) -> RecapState:
        """Its state between draft and publication; agrees with the methods of its queryset."""
        if self.status == RecapStatus.DRAFT:
            return RecapState.SUBMITTED if self.submitted_at else RecapState.DRAFT
        return RecapState.PUBLISHED if self.is_public else RecapState.SCHEDULED

    @property
    def html(self) -> SafeString:
        """Its text as HTML, rendered and sanitised by `write_recap`."""
        return stored_html(self.body_html)

    @property
    def shows_breaks(self) -> bool:
        """Whether its line breaks are rendered: as chosen, else as its text suggests."""
        if self.keep_breaks is None:
            return bool(breaks_are_meant(self.body))
        return self.keep_breaks

    @property
    def contents(self) -> list[Entry]:
        """The table of contents of a long text; empty for a short one."""
        return contents_of(self.body_html)

    @property
    def shown_tags(self) -> list[Tag]:
        """Its talk's tags, or its own if it is about a conference; from prefetched rows."""
        tagged = self.talk.tagged.all() if self.talk else self.tagged.all()
        return sorted((item.tag for item in tagged), key=lambda tag: tag.key)


class TaggedRecap(ItemBase):
    """A tag of a recap about a conference."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged_recaps")
    content_object = models.ForeignKey(Recap, models.CASCADE, related_name="tagged", db_index=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("tag of a recap")
        verbose_name_plural = _("tags of recaps")
        indexes = [models.Index(fields=["content_object"], name="tagged_recap_by_recap")]
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_recap_once")
        ]


class OldRecapSlug(OldAddress):
    """A former slug of a recap."""

    recap = models.ForeignKey(Recap, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old recap address")
        verbose_name_plural = _("old recap addresses")
        constraints = [
            old_address_stays("old_recap_address", live="recaps.Recap", owner="recap"),
        ]
