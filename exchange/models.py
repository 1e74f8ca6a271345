"""Import sources, import runs, and for each imported row what its import wrote.

A field of a row belongs to the import while it still holds what the import wrote, and to a person
otherwise; so a later import knows what to leave alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from exchange.enums import RecordKind
from exchange.sources.source import source_choices
from foundation.models.fields import LineField, MomentField
from foundation.text.bounds import moment_constraints
from talks.models import Talk


class ImportedRecordQuerySet(models.QuerySet["ImportedRecord"]):
    """Queryset of records of all sources, including those of gone and deleted talks."""

    def of_sources(self, ids: Iterable[int]) -> ImportedRecordQuerySet:
        """Return the records of these sources."""
        return self.filter(source_id__in=ids)

    def count_speakers(self) -> int:
        """Return the number of speakers of the talks that the sources still have."""
        present = self.filter(gone_at__isnull=True)
        counted = present.aggregate(count=Count("talk__credits__speaker", distinct=True))
        return int(counted["count"])


class ImportSource(models.Model):
    """A source of imports; its name stays the same wherever the files are."""

    kind = models.CharField(_("kind"), max_length=20, choices=source_choices)
    locator = LineField(
        _("locator"),
        max_length=300,
        help_text=_("What names the source within its kind: for pyvideo the event's name."),
    )
    created_at = MomentField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("import source")
        verbose_name_plural = _("import sources")
        constraints = [
            *moment_constraints("import_source", "created_at"),
            models.UniqueConstraint(fields=["kind", "locator"], name="import_source_once"),
            models.CheckConstraint(
                name="import_source_has_a_locator",
                condition=~Q(locator=""),
                violation_error_message=_("A source needs a locator."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.locator}"


class ImportRun(models.Model):
    """An import of one source that wrote something: when, by whom, with what result.

    An import that finds nothing new creates no row.
    """

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="runs")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = MomentField(_("started at"), db_default=Now())
    finished_at = MomentField(_("finished at"), null=True, blank=True)
    file_hash = models.CharField(_("digest of the files"), max_length=64, blank=True, default="")
    counts = models.JSONField(_("counts"), default=dict)
    report = models.JSONField(_("report"), default=list)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        indexes = [models.Index(fields=["source", "-started_at"], name="import_run_newest")]
        constraints = [*moment_constraints("import_run", "started_at", "finished_at")]

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}"


class ImportedRecord(models.Model):
    """What a source's record became, and what the import wrote there.

    `written` holds {field: value as the source last had it and the import wrote it}; `kept` {field:
    newest value of the source that the row does not hold, because a person edited the field}. A
    talk's record outlives its talk: without a talk it means that a person deleted it, so that the
    next import does not create it again. Deleting the record lifts that.
    """

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="records")
    kind = models.CharField(max_length=12, choices=RecordKind)
    external_id = models.CharField(max_length=500)
    conference = models.ForeignKey(
        Conference, models.CASCADE, null=True, blank=True, related_name="imported_records"
    )
    talk = models.ForeignKey(
        Talk, models.SET_NULL, null=True, blank=True, related_name="imported_records"
    )
    digest = models.CharField(max_length=64)
    written = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    gone_at = MomentField(_("no longer in the source since"), null=True, blank=True)
    changed_by = models.ForeignKey(
        ImportRun, models.SET_NULL, null=True, blank=True, related_name="changed_records"
    )

    objects = ImportedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = [
            *moment_constraints("imported_record", "gone_at"),
            models.UniqueConstraint(
                fields=["source", "kind", "external_id"], name="imported_record_once"
            ),
            models.CheckConstraint(
                name="imported_record_has_one_row",
                condition=Q(kind=RecordKind.CONFERENCE, conference__isnull=False, talk__isnull=True)
                | Q(kind=RecordKind.TALK, conference__isnull=True),
                violation_error_message=_(
                    "A record of a conference became a conference, one of a talk a talk."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.external_id}"
