"""Sources: which there are, and that the library takes events from any."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from exchange.library.importing import import_events
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.models import ImportedRecord, ImportSource
from exchange.sources.pyvideo import SOURCE
from exchange.sources.schedule import SOURCE as SCHEDULE
from exchange.sources.source import FoundEvents, all_sources, source_choices
from exchange.tests.folders import import_pyvideo, video, write_event


@dataclass
class MadeUpSource:
    """Events that stand in no file."""

    titles: tuple[str, ...]
    kind = "made-up"
    label = "made up"

    def find(self, path, only=()):
        return FoundEvents([path.name])

    def read(self, place):
        return ParsedEvent(
            source_kind=self.kind,
            name=place,
            folder=place,
            described_in=place,
            is_described=True,
            fields={"title": "TreeCon 2017"},
            talks=tuple(ParsedTalk(title, title, {"title": title}) for title in self.titles),
            skipped=(),
            issues=(),
            files_hash="",
        )


def test_all_sources_finds_the_folders():
    assert all_sources() == {"pyvideo": SOURCE, "schedule": SCHEDULE}
    assert source_choices() == [("pyvideo", "pyvideo folder"), ("schedule", "schedule")]


@pytest.mark.django_db
def test_import_events_from_another_source():
    first = import_events(MadeUpSource(("Roots", "Bark")), Path("treecon-2017"))
    second = import_events(MadeUpSource(("Roots", "Moss")), Path("treecon-2017"))

    assert (first.counts.new, second.counts.new, second.counts.unchanged) == (2, 1, 1)
    assert second.counts.gone == 1
    assert {source.kind for source in ImportSource.objects.all()} == {"made-up"}


@pytest.mark.django_db
def test_an_event_of_the_same_name_in_another_source_is_another(tmp_path):
    write_event(tmp_path, {"roots": video(title="Roots")})
    import_pyvideo(tmp_path)

    report = import_events(MadeUpSource(("Roots",)), Path("treecon-2017"))

    assert report.counts.new == 1
    records = ImportedRecord.objects.filter(external_id="treecon-2017")
    assert len({record.conference_id for record in records}) == 2
