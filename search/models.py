"""Search documents: the searchable text of each talk, recap, speaker, conference and series.

Only PostgreSQL triggers write them (migrations/sql), so that search is correct within the
transaction that changes something. Python code never does.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, Series
from foundation.models.broken_rows import SoundQuerySet
from recaps.models import Recap
from search.enums import DocumentKind
from speakers.models import Speaker
from talks.models import Talk


class SearchDocumentQuerySet(SoundQuerySet["SearchDocument"]):
    """Queryset of documents, also of future ones: pages start from `visible()`."""

    def visible(self) -> SearchDocumentQuerySet:
        """Return the documents that are public now, one per object."""
        return self.at(timezone.now())

    def at(self, moment: dt.datetime) -> SearchDocumentQuerySet:
        """Return the documents that are public at a moment since the library's last change."""
        return self.filter(visible_from__lte=moment, visible_until__gt=moment)


def _link(model: type[models.Model], *, indexed: bool = True) -> Any:
    """Return a foreign key that PostgreSQL itself cascades (migration 0003).

    With Django's cascade each deletion would read documents first, and the admin would list them.
    """
    return models.ForeignKey(
        model,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=indexed,
        null=True,
        related_name="+",
    )


class SearchDocument(models.Model):
    """The searchable text of one object during a span of time. Without its tags.

    `kind` says which of the foreign keys is the object; the others are what it belongs to. One
    document per object, except for a talk with scheduled recaps: another begins at each
    publication.
    """

    kind = models.TextField(choices=DocumentKind)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField()
    talk = _link(Talk)
    recap = _link(Recap, indexed=False)
    speaker = _link(Speaker, indexed=False)
    conference = _link(Conference)
    series = _link(Series)
    sort_date = models.DateField()
    year = models.PositiveSmallIntegerField(null=True)
    language = models.TextField()
    configuration = models.TextField()
    speaker_ids = ArrayField(models.BigIntegerField())
    has_recap = models.BooleanField()
    has_recording = models.BooleanField()
    title = models.TextField()
    vector = SearchVectorField()
    trigrams = models.TextField()
    # The server's major version, that of our rules, the zone of days: `search_made_with()`.
    made_with = models.TextField(db_default="")

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [
            # Words and filters in one index, so that what both name is all that is read of the
            # table. 16 MB of new entries are gathered before they are sorted in: twice as quick.
            GinIndex(
                fields=[
                    "vector",
                    "kind",
                    "year",
                    "language",
                    "series",
                    "conference",
                    "speaker_ids",
                    "has_recap",
                    "has_recording",
                ],
                gin_pending_list_limit=16_384,
                name="document_by_words_and_filters",
            ),
            GinIndex(
                OpClass(F("trigrams"), "gin_trgm_ops"),
                name="document_by_trigrams",
                condition=~Q(trigrams=""),
            ),
            models.Index(fields=["-sort_date", "-id"], name="document_newest_first"),
            models.Index(fields=["configuration"], name="document_by_configuration"),
            models.Index(fields=["made_with"], name="document_by_making"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[kind.value, "visible_from"],
                # A recap or a speaker is named by no document of another kind.
                condition=None if kind.value in ("recap", "speaker") else Q(kind=kind.value),
                name=f"document_of_{kind.value}_once",
            )
            for kind in DocumentKind
        ] + [
            models.CheckConstraint(
                name="document_is_of_its_kind",
                condition=reduce(
                    or_,
                    (Q(kind=kind, **{f"{kind}__isnull": False}) for kind in DocumentKind.values),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title


class RebuildProgress(models.Model):
    """How far a rebuild has come. No row means that no rebuild was interrupted."""

    kind = models.TextField(choices=DocumentKind, unique=True)
    last_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of a rebuilding")
        verbose_name_plural = _("progress of rebuildings")

    def __str__(self) -> str:
        return f"{self.kind} {self.last_id}"


class SiteZone(models.Model):
    """The site's time zone, for the database's triggers. One row (`rebuild.py`)."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    time_zone = models.TextField()

    class Meta:
        verbose_name = _("time zone of the site")
        verbose_name_plural = _("time zone of the site")
        default_permissions = ()
        constraints = [models.CheckConstraint(name="site_zone_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.time_zone


class SearchWord(models.Model):
    """A word of public titles and names, for spelling suggestions.

    Triggers add new words; a rebuild recounts them and deletes unused ones.
    """

    word = models.TextField(primary_key=True)
    documents = models.IntegerField()

    class Meta:
        verbose_name = _("word of the library")
        verbose_name_plural = _("words of the library")
        indexes = [GinIndex(OpClass(F("word"), "gin_trgm_ops"), name="word_by_trigrams")]

    def __str__(self) -> str:
        return self.word
