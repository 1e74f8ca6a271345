"""A schedule changes after people have written about it, and is imported once more."""

import json
import uuid
from pathlib import Path
from typing import Any

from faults.client import Client
from faults.fault import Effort, Fault, Outcome
from faults.of_imports import video
from faults.site import Site
from faults.traffic import Writing

EDITED, CHANGED, VANISHED = "edited", "changed", "vanished"
_NOTES = """
SELECT md5(string_agg(r::text || version::text, '' ORDER BY r.id, version.id))
FROM recaps_recap AS r JOIN recaps_recapversion AS version ON version.recap_id = r.id
WHERE r.talk_id = ANY(%s)
"""
_TALKS = """
SELECT record.external_id, t.id, t.title, t.abstract, record.gone_at IS NOT NULL
FROM exchange_importedrecord AS record JOIN talks_talk AS t ON t.id = record.talk_id
WHERE record.external_id = ANY(%s)
"""


class ChangedSchedule(Fault):
    """Notes stay as they are, and so does what a person edited; what vanished is marked."""

    number, name = "F14", "changed schedule over edited notes"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, self._mark = Outcome(), uuid.uuid4().hex
        folder = site.folder / f"fair-{self._mark}"
        self._import(site, folder, {EDITED: "Old", CHANGED: "Old", VANISHED: "Old"}, outcome)
        ids = {name: row[0] for name, row in self._talks(site).items()}
        self._write_and_edit(site, site.person(), ids, outcome)
        notes = site.database.value(_NOTES, list(ids.values()))
        codes = self._import(site, folder, {EDITED: "New", CHANGED: "New"}, outcome)
        outcome.expect_equal("notes changed", site.database.value(_NOTES, [*ids.values()]), notes)
        self._expect_talks(self._talks(site), ids, outcome)
        outcome.expect({"field.kept", "talk.gone"} <= codes, f"the import reports {codes}")
        outcome.writers = "notes untouched, edits kept"
        return outcome

    def _import(self, site: Site, folder: Path, said: dict[str, str], outcome: Outcome) -> set[str]:
        """Write the schedule, import it, and return the codes of what the import reports."""
        self._write(folder, said)
        report = folder.with_suffix(".json")
        status, text = site.manage("import_pyvideo", str(folder), "--report", str(report))
        outcome.expect_equal(f"the import ({text[-300:]})", status, 0)
        [event] = json.loads(report.read_text())["events"]
        return {issue["code"] for issue in event["issues"]}

    def _write(self, folder: Path, said: dict[str, str]) -> None:
        videos = folder / "videos"
        videos.mkdir(parents=True, exist_ok=True)
        (folder / "category.json").write_text(json.dumps({"title": f"Fair {self._mark}"}))
        for file in videos.iterdir():
            file.unlink()
        for number, (name, word) in enumerate(said.items()):
            talk = {**video(0, number), "title": f"{word} {name} {self._mark}"}
            talk |= {"description": f"{word} words.", "videos": []}
            (videos / f"{name}-{self._mark}.json").write_text(json.dumps(talk))

    def _talks(self, site: Site) -> dict[str, tuple[Any, ...]]:
        """Return id, title, abstract and whether it is marked as gone, of each talk by its name."""
        names = [f"{name}-{self._mark}" for name in (EDITED, CHANGED, VANISHED)]
        rows = site.database.ask(_TALKS, names)
        return {name.partition("-")[0]: tuple(row) for name, *row in rows}

    def _write_and_edit(
        self, site: Site, client: Client, ids: dict[str, int], outcome: Outcome
    ) -> None:
        """Write a note about each talk, and give one of them another title by its form."""
        writing = Writing(site, client)
        for name, talk in ids.items():
            answer = writing.save(f"note-{name}-{self._mark}", talk=str(talk))
            outcome.expect_equal(f"a note about {name}", answer.status, 302)
        page = f"/admin/talks/talk/{ids[EDITED]}/change/"
        edited = {**client.form(page, "talk_form"), "title": f"Mine {self._mark}"}
        outcome.expect_equal("an edit", client.post(page, edited).status, 302)

    def _expect_talks(
        self, talks: dict[str, tuple[Any, ...]], ids: dict[str, int], outcome: Outcome
    ) -> None:
        mark = self._mark
        expected = {
            EDITED: (ids[EDITED], f"Mine {mark}", "New words.", False),
            CHANGED: (ids[CHANGED], f"New {CHANGED} {mark}", "New words.", False),
            VANISHED: (ids[VANISHED], f"Old {VANISHED} {mark}", "Old words.", True),
        }
        outcome.expect_equal("talks", talks, expected)
