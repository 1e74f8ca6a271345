"""Imports that are killed, lose their database, or run twice at once: the next puts it right."""

import json
import signal
import subprocess
import time
import uuid
from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from faults.database import IMMEDIATE
from faults.fault import Effort, Fault, Outcome
from faults.site import Site

EVENTS = 2
# What an import leaves, without the ids, which a broken import uses up.
_CONTENT = """
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT concat_ws('|', 'talk', c.slug, c.title, t.slug, t.title, t.given_on, t.abstract)
    FROM talks_talk AS t JOIN conferences_conference AS c ON c.id = t.conference_id
    UNION ALL SELECT concat_ws('|', 'tag', t.slug, tag.name) FROM talks_taggedtalk AS tagged
    JOIN talks_talk AS t ON t.id = tagged.content_object_id
    JOIN talks_tag AS tag ON tag.id = tagged.tag_id
    UNION ALL SELECT concat_ws('|', 'credit', t.slug, s.name, s.slug, credit.position)
    FROM talks_talkspeaker AS credit JOIN talks_talk AS t ON t.id = credit.talk_id
    JOIN speakers_speaker AS s ON s.id = credit.speaker_id
    UNION ALL SELECT concat_ws('|', 'video', t.slug, video.url) FROM talks_recording AS video
    JOIN talks_talk AS t ON t.id = video.talk_id
    UNION ALL SELECT concat_ws('|', 'record', record.kind, record.external_id, record.digest)
    FROM exchange_importedrecord AS record
) AS content (line)
"""
_BY_CONFERENCE = "SELECT count(*) FROM talks_talk GROUP BY conference_id"


class BrokenImport(Fault):
    """An import that does not come to its end: each event is there whole or not at all."""

    number: ClassVar[str] = "F2"
    rounds: ClassVar[int] = 1
    _clean: ClassVar[dict[tuple[Path, int], tuple[str, float]]] = {}

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, self.talks = Outcome(), 500 if effort.is_whole else 60
        folder = site.folder / f"events-{uuid.uuid4().hex}"
        write_events(folder, talks=self.talks)
        clean, self.takes = self._clean_import(site, folder, outcome)
        for number in range(self.rounds if effort.is_whole else 1):
            broken = self._new_database(site)
            self.break_it(site, folder, broken, outcome, moment=number / self.rounds)
            said = self._import(site, folder, broken, outcome)
            self.expect_same(site, broken, clean, said, outcome)
        return outcome

    def _clean_import(self, site: Site, folder: Path, outcome: Outcome) -> tuple[str, float]:
        """Return what an unbroken import leaves, and how long it took. Once for a site."""
        key = (site.folder, self.talks)
        if key not in self._clean:
            name, began = self._new_database(site), time.monotonic()
            self._import(site, folder, name, outcome)
            took = time.monotonic() - began
            self._clean[key] = site.database.value(_CONTENT, name=name), took
        return self._clean[key]

    def _new_database(self, site: Site) -> str:
        name = f"imported_{uuid.uuid4().hex}"
        site.database.make_database(name)
        return name

    def _import(self, site: Site, folder: Path, name: str, outcome: Outcome) -> str:
        status, said = site.manage("import_pyvideo", str(folder), name=name)
        outcome.expect_equal(f"the next import ({said[-300:]})", status, 0)
        return said

    @abstractmethod
    def break_it(
        self, site: Site, folder: Path, name: str, outcome: Outcome, *, moment: float
    ) -> None:
        """Let an import into a database go wrong; `moment` is a part of the time that it takes."""

    def expect_same(self, site: Site, broken: str, clean: str, said: str, outcome: Outcome) -> None:
        """Note where the next import did not leave what a clean one leaves."""
        outcome.expect_equal("what it left", site.database.value(_CONTENT, name=broken), clean)

    def expect_whole_events(self, site: Site, name: str, outcome: Outcome) -> None:
        """Note events of which a part is there."""
        counts = {count for (count,) in site.database.ask(_BY_CONFERENCE, name=name)}
        outcome.expect(counts <= {self.talks}, f"events are there with {counts} talks")


class ImportKilled(BrokenImport):
    """The import's process is killed while it writes, and at moments of its own."""

    name = "import killed (kill -9)"
    rounds = 20
    how: ClassVar[int] = signal.SIGKILL

    def break_it(
        self, site: Site, folder: Path, name: str, outcome: Outcome, *, moment: float
    ) -> None:
        work = begin_import(site, folder, name)
        if moment:
            time.sleep(self.takes * moment)
        else:
            site.database.wait_for_writing(name)
        work.send_signal(self.how)
        work.communicate()
        site.database.wait_for_quiet(name)
        self.expect_whole_events(site, name, outcome)
        outcome.writers = "cut"


class ImportEnded(ImportKilled):
    """The import's process is told to end while it writes."""

    number, name = "F22", "import ended (SIGTERM)"
    rounds = 1
    how = signal.SIGTERM


class ImportWithoutDatabase(BrokenImport):
    """The server ends while the import writes: that is said in one sentence."""

    number, name = "F3", "database stopped at once during an import"
    how: ClassVar[int] = IMMEDIATE

    def break_it(
        self, site: Site, folder: Path, name: str, outcome: Outcome, *, moment: float
    ) -> None:
        work = begin_import(site, folder, name)
        site.database.wait_for_writing(name)
        site.database.end(self.how)
        said, _nothing = work.communicate()
        site.database.start()
        outcome.expect(work.returncode, "the import says that all went well")
        outcome.expect("Traceback" not in said, f"the import ends with a traceback: {said[-300:]}")
        self.expect_whole_events(site, name, outcome)
        outcome.writers = f"exit status {work.returncode}"


class ImportDatabaseKilled(ImportWithoutDatabase):
    """The server's first process is killed while the import writes."""

    name = "database killed during an import"
    how = signal.SIGKILL


class ImportTwiceAtOnce(BrokenImport):
    """Two imports of the same folder at once: one waits or is refused, nothing is there twice."""

    number, name = "F13", "the same import twice at once"

    def break_it(
        self, site: Site, folder: Path, name: str, outcome: Outcome, *, moment: float
    ) -> None:
        both = [begin_import(site, folder, name) for _ in range(2)]
        said = [work.communicate()[0] for work in both]
        outcome.expect(not all(work.returncode for work in both), f"both failed: {said}")
        outcome.expect("Traceback" not in "".join(said), f"a traceback: {said}")
        self.expect_whole_events(site, name, outcome)
        outcome.writers = " and ".join(f"exit status {work.returncode}" for work in both)

    def expect_same(self, site: Site, broken: str, clean: str, said: str, outcome: Outcome) -> None:
        super().expect_same(site, broken, clean, said, outcome)
        outcome.expect("0 new, 0 changed" in said, f"an import again: {said[-300:]}")


def begin_import(site: Site, folder: Path, name: str) -> subprocess.Popen:
    """Start an import and do not wait for it."""
    return site.begin("manage.py", "import_pyvideo", str(folder), name=name)


def write_events(folder: Path, *, talks: int) -> None:
    """Write made-up events in the layout that is imported."""
    for event in range(EVENTS):
        videos = folder / f"fair-{2010 + event}" / "videos"
        videos.mkdir(parents=True)
        title = json.dumps({"title": f"Apple Fair {2010 + event}"})
        (videos.parent / "category.json").write_text(title)
        for talk in range(talks):
            (videos / f"talk-{talk}.json").write_text(json.dumps(video(event, talk)))


def video(event: int, talk: int) -> dict[str, object]:
    """Return one talk of an event as its file has it."""
    return {
        "title": f"Apple {talk} of {event}",
        "speakers": [f"Grower {talk % 20}", f"Picker {talk % 7}"],
        "description": f"How apple {talk} is grown.",
        "recorded": f"{2010 + event}-05-{1 + talk % 3:02}",
        "videos": [
            {"type": "youtube", "url": f"https://www.youtube.com/watch?v=a{event}b{talk:08}"}
        ],
        "language": "eng",
        "tags": [f"sort {talk % 10}", "apples"],
    }
