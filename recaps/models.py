"""Recaps: what one author wrote about one talk, or about one conference as a whole."""

import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from conferences.models import Conference
from notes_site.fields import LineField, ProseField
from notes_site.markdown import Entry, contents_of, stored_html
from notes_site.slugs import SLUG_MAX_LENGTH, slug_constraints, validate_slug
from recaps.enums import RecapStatus
from recaps.querysets import RecapQuerySet
from speakers.models import Speaker
from talks.models import Tag, Talk
from talks.tag_manager import ResolvingTagManager

BODY_MAX_LENGTH = 200_000
SUMMARY_MAX_LENGTH = 1_000
FOLLOW_UP_MAX_LENGTH = 500
models.TextField.register_lookup(Length)


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
    title = LineField(_("title"), max_length=300)
    slug = models.CharField(
        _("address (slug)"),
        max_length=SLUG_MAX_LENGTH,
        unique=True,
        blank=True,
        validators=[validate_slug],
        help_text=_("Made from the title when left empty. A changed address goes on working."),
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
    body_html = models.TextField(blank=True, default="", editable=False)
    renderer_version = models.PositiveIntegerField(default=0, editable=False)
    language = models.CharField(_("language"), max_length=35, blank=True, default="")
    status = models.CharField(
        _("status"), max_length=10, choices=RecapStatus, default=RecapStatus.DRAFT
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("A moment to come schedules the recap: it appears by itself."),
    )
    updated_at = models.DateTimeField(_("text changed at"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

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
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="recap_published_newest",
                condition=Q(status=RecapStatus.PUBLISHED),
            ),
            models.Index(fields=["talk", "published_at"], name="recap_of_talk"),
            models.Index(fields=["conference", "published_at"], name="recap_of_conference"),
            models.Index(fields=["author", "updated_at"], name="recap_by_author"),
        ]
        constraints = [
            *slug_constraints("recap"),
            models.CheckConstraint(
                name="recap_has_one_subject",
                condition=Q(talk__isnull=True, conference__isnull=False)
                | Q(talk__isnull=False, conference__isnull=True),
                violation_error_message=_("A recap is about one talk or about one conference."),
            ),
            models.CheckConstraint(
                name="recap_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("A recap needs a title."),
            ),
            models.CheckConstraint(
                name="recap_published_has_a_moment",
                condition=~Q(status=RecapStatus.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published recap needs the moment of publication."),
            ),
            models.CheckConstraint(
                name="recap_body_is_bounded",
                condition=Q(body__length__lte=BODY_MAX_LENGTH),
                violation_error_message=_("The text is longer than 200,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("recap", args=[self.slug])

    @property
    def subject(self) -> Talk | Conference:
        """The talk or conference it is about, loaded."""
        subject = self.talk or self.conference
        if subject is None:
            raise ValueError(gettext("A recap is about one talk or about one conference."))
        return subject

    @property
    def subject_conference(self) -> Conference:
        """The conference it is about, or at which its talk was given."""
        return self.talk.conference if self.talk else self.subject  # type: ignore[return-value]  # -- no talk: a conference

    @property
    def is_public(self) -> bool:
        """Whether readers may see it now; the same rule as `RecapQuerySet.published`."""
        return (
            self.status == RecapStatus.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    @property
    def html(self) -> SafeString:
        """Its text as HTML for a page: what `write_recap` rendered and sanitised."""
        return stored_html(self.body_html)

    @property
    def contents(self) -> list[Entry]:
        """The table of contents of a long text; nothing where the text is short."""
        return contents_of(self.body_html)

    @property
    def shown_tags(self) -> list[Tag]:
        """Its talk's tags, or its own where it is about a conference; from what is prefetched."""
        tagged = self.talk.tagged.all() if self.talk else self.tagged.all()
        return sorted((item.tag for item in tagged), key=lambda tag: tag.key)


class TaggedRecap(ItemBase):
    """That a conference's recap has a tag of its own."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_recaps")
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


class OldRecapSlug(models.Model):
    """An address that a recap had before."""

    slug = models.CharField(max_length=SLUG_MAX_LENGTH, unique=True)
    recap = models.ForeignKey(Recap, models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old recap address")
        verbose_name_plural = _("old recap addresses")

    def __str__(self) -> str:
        return self.slug


def _exactly_one(*columns: str) -> Q:
    alone = ({f"{other}__isnull": other != column for other in columns} for column in columns)
    return reduce(or_, (Q(**states) for states in alone))


class Mention(models.Model):
    """That a recap's text links to a thing; written with the text."""

    KINDS = ("talk", "speaker", "conference", "tag")

    recap = models.ForeignKey(Recap, models.CASCADE, related_name="mentions")
    talk = models.ForeignKey(Talk, models.CASCADE, null=True, related_name="mentions")
    speaker = models.ForeignKey(Speaker, models.CASCADE, null=True, related_name="mentions")
    conference = models.ForeignKey(Conference, models.CASCADE, null=True, related_name="mentions")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="mentions")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.CheckConstraint(
                name="mention_of_one_thing",
                condition=_exactly_one("talk", "speaker", "conference", "tag"),
            ),
            models.UniqueConstraint(fields=["recap", "talk"], name="mention_of_talk_once"),
            models.UniqueConstraint(fields=["recap", "speaker"], name="mention_of_speaker_once"),
            models.UniqueConstraint(
                fields=["recap", "conference"], name="mention_of_conference_once"
            ),
            models.UniqueConstraint(fields=["recap", "tag"], name="mention_of_tag_once"),
        ]

    def __str__(self) -> str:
        return "{} {}".format(*self.kind_and_id)

    @property
    def kind_and_id(self) -> tuple[str, int]:
        """What is mentioned, without a query: the name of its model, and its id."""
        ids = ((kind, getattr(self, f"{kind}_id")) for kind in self.KINDS)
        return next((kind, pk) for kind, pk in ids if pk is not None)


class FollowUp(models.Model):
    """An item of a task list in a recap: what its author wants to do. Written with the text."""

    recap = models.ForeignKey(
        Recap, models.CASCADE, related_name="follow_ups", verbose_name=_("recap")
    )
    position = models.PositiveIntegerField(_("position"))
    text = LineField(_("text"), max_length=FOLLOW_UP_MAX_LENGTH)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["recap", "position"], name="follow_up_position_once")
        ]

    def __str__(self) -> str:
        return self.text
