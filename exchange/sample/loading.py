"""The sample library of a new site: real conferences and talks, and recaps that are samples.

Its talks come in through the importer like anybody's, so that a later import of the whole
collection finds them again. Loading it twice changes nothing.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from conferences.models import Conference, Series
from exchange.enums import RecordKind
from exchange.library.importing import import_events
from exchange.models import ImportedRecord
from exchange.report import ImportReport
from exchange.sources.pyvideo import SOURCE
from foundation.models.slug_columns import free_slug
from recaps.enums import RecapStatus
from recaps.models import Recap
from recaps.writing import write_recap
from talks.tagging.text import tag_names

SAMPLE_LIBRARY = Path(__file__).parent / "library"
AUTHOR_USERNAME, AUTHOR_NAME = "sample", "Sample"
# Names the samples' recaps, so that each is known again wherever it is loaded.
_NAMESPACE = uuid.UUID("6f1f4f5e-64a7-4a64-9c5b-8a3c1d5f2b7e")
_FENCE = "---"


@dataclass(frozen=True)
class LoadedLibrary:
    """What was loaded: the import's report, and how many recaps are new."""

    report: ImportReport
    new_recaps: int


@dataclass(frozen=True)
class SampleRecap:
    """One file of `recaps/`: its name without ending, its header, its Markdown text."""

    stem: str
    header: dict[str, str]
    body: str

    @property
    def uid(self) -> uuid.UUID:
        """The recap's identity, the same on every site."""
        return uuid.uuid5(_NAMESPACE, self.stem)


@transaction.atomic
def load_sample_library(folder: Path = SAMPLE_LIBRARY) -> LoadedLibrary:
    """Load what is not there yet, all or nothing, and leave alone what is."""
    report = import_events(SOURCE, folder / "pyvideo")
    facts = json.loads((folder / "conferences.json").read_text(encoding="utf-8"))
    for event in report.events:
        if event.conference_is_new and event.conference_id:
            conference = Conference.objects.get(pk=event.conference_id)
            _describe(conference, facts.get(event.name, {}))
    _keep_tags(report)
    texts = (_parse_recap(path) for path in sorted((folder / "recaps").glob("*.md")))
    return LoadedLibrary(report, _write_recaps(texts))


def _describe(conference: Conference, facts: dict[str, Any]) -> None:
    """Give a new conference what pyvideo does not know: place, time zone, true dates, series."""
    for name in ("city", "country", "time_zone", "website"):
        if facts.get(name):
            setattr(conference, name, facts[name])
    if facts.get("starts_on"):
        conference.starts_on = dt.date.fromisoformat(facts["starts_on"])
        conference.ends_on = facts["ends_on"] and dt.date.fromisoformat(facts["ends_on"])
        conference.dates_estimated = False
    if facts.get("series"):
        conference.series = _series(facts["series"])
    conference.full_clean()
    conference.save()


def _keep_tags(report: ImportReport) -> None:
    """Let the samples' tags count as a person's: the sources that later imports read lack them."""
    new = [event.name for event in report.events if event.conference_is_new]
    records = ImportedRecord.objects.filter(
        kind=RecordKind.TALK, source__kind=SOURCE.kind, source__locator__in=new
    )
    for record in records:
        record.written["tags"] = []
    ImportedRecord.objects.bulk_update(records, ["written"])


def _series(title: str) -> Series:
    known = Series.objects.filter(title=title).order_by("pk").first()
    slug = free_slug(Series(), title, fallback="series")
    return known or Series.objects.create(title=title, slug=slug)


def _write_recaps(texts: Iterable[SampleRecap]) -> int:
    """Publish the recaps that are not here and whose subject is; return how many."""
    here = set(Recap.objects.values_list("uid", flat=True))
    author = _author()
    written = 0
    for text in texts:
        subject = _subject(text.header)
        if text.uid in here or not subject:
            continue
        recap = write_recap(_recap(text, author, subject))
        recap.tags.add(*tag_names(text.header.get("tags", "")))
        written += 1
    return written


def _recap(text: SampleRecap, author: User, subject: dict[str, int]) -> Recap:
    return Recap(
        uid=text.uid,
        author=author,
        title=text.header["title"],
        summary=text.header["summary"],
        body=text.body,
        language="en",
        status=RecapStatus.PUBLISHED,
        published_at=dt.datetime.fromisoformat(text.header["published_at"]),
        **subject,
    )


def _subject(header: dict[str, str]) -> dict[str, int]:
    """Return the talk or conference that a recap is about; nothing where it is not here."""
    records = ImportedRecord.objects.filter(
        source__kind=SOURCE.kind, source__locator=header["event"]
    )
    if "talk" in header:
        record = records.filter(kind=RecordKind.TALK, external_id=header["talk"]).first()
        return {"talk_id": record.talk_id} if record and record.talk_id else {}
    record = records.filter(kind=RecordKind.CONFERENCE).first()
    return {"conference_id": record.conference_id} if record and record.conference_id else {}


def _author() -> User:
    """Return the user who wrote the samples, and who can never sign in."""
    known = User.objects.filter(username=AUTHOR_USERNAME).first()
    return known or User.objects.create_user(
        AUTHOR_USERNAME, public_name=AUTHOR_NAME, is_active=False
    )


def _parse_recap(path: Path) -> SampleRecap:
    """Read a header of `key: value` lines between two fences, and the text below it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index(_FENCE, 1)
    pairs = (line.partition(":") for line in lines[1:end])
    header = {key.strip(): value.strip() for key, _colon, value in pairs}
    return SampleRecap(path.stem, header, "\n".join(lines[end + 1 :]).strip())
