"""Programmes in the library: imported twice, moved, vanished, edited meanwhile."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from conferences.models import Conference
from exchange.models import ImportedRecord
from exchange.tests.programmes import as_json, as_xml, codes, import_file, talk
from exchange.tests.snapshots import all_rows
from talks.models import Talk

pytestmark = pytest.mark.django_db


def many(count, **fields):
    return [
        talk(guid=f"g{n}", id=n, title=f"Talk {n}", persons=[{"id": n, "name": f"P {n}"}], **fields)
        for n in range(count)
    ]


def test_a_programme_becomes_a_conference_with_its_talks(tmp_path):
    result = import_file(tmp_path, as_json([talk(type="Workshop", do_not_record=True)]))

    assert (result.counts.new, result.conference_is_new) == (1, True)
    conference = Conference.objects.get()
    assert (conference.slug, conference.time_zone) == ("leafcon-2030", "Europe/Vienna")
    imported = Talk.objects.get()
    assert (imported.title, imported.room, imported.track) == ("Roots", "Hall", "Soil")
    assert (imported.kind, imported.do_not_record) == ("workshop", True)
    assert (imported.given_on, imported.starts_at) == (
        date(2030, 5, 3),
        datetime(2030, 5, 3, 8, tzinfo=UTC),
    )
    assert imported.duration == timedelta(minutes=45)
    assert [credit.speaker.name for credit in imported.credits.all()] == ["Ada Quill"]
    assert imported.announced["room"] == "Hall"


def test_a_second_import_of_the_same_file_writes_no_row(tmp_path):
    content = as_json(many(3))
    import_file(tmp_path, content)
    before = all_rows()

    result = import_file(tmp_path, content)

    assert (result.counts.unchanged, result.counts.new) == (3, 0)
    assert all_rows() == before


def test_json_and_xml_of_one_event_become_one_set(tmp_path):
    import_file(tmp_path, as_json(many(3)))
    before = all_rows()

    result = import_file(tmp_path, as_xml(many(3)))

    assert (result.counts.unchanged, Talk.objects.count()) == (3, 3)
    assert all_rows() == before


def test_a_talk_that_moved_keeps_its_row_and_its_announcement(tmp_path):
    import_file(tmp_path, as_json([talk()]))
    first = Talk.objects.get()

    result = import_file(tmp_path, as_json([talk(room="Attic", date="2030-05-03T14:00:00+02:00")]))

    assert result.counts.changed == 1
    moved = Talk.objects.get()
    assert (moved.pk, moved.room, moved.starts_at.hour) == (first.pk, "Attic", 12)
    assert moved.announced["room"] == "Hall"


def test_what_a_person_edited_stays_and_is_said(tmp_path):
    import_file(tmp_path, as_json([talk()]))
    Talk.objects.update(room="Garden", kind="keynote")

    result = import_file(tmp_path, as_json([talk(room="Attic", type="workshop", track="Air")]))

    edited = Talk.objects.get()
    assert (edited.room, edited.kind, edited.track) == ("Garden", "keynote", "Air")
    kept = {i.location: i.value for i in result.issues if i.finding.code == "field.kept"}
    assert kept == {"room": "Attic", "kind": "workshop"}


def test_a_talk_that_vanished_is_marked_and_stays(tmp_path):
    import_file(tmp_path, as_json(many(3)))

    result = import_file(tmp_path, as_json(many(2)))

    assert (result.counts.gone, Talk.objects.count()) == (1, 3)
    assert "talk.gone" in codes(result)
    assert ImportedRecord.objects.get(gone_at__isnull=False).external_id == "g2"


def test_editions_of_one_acronym_are_two_conferences(tmp_path):
    import_file(tmp_path, as_json([talk()]))

    later = talk(date="2031-05-03T10:00:00+02:00")
    import_file(tmp_path, as_json([later], day="2031-05-03"))

    slugs = sorted(Conference.objects.values_list("slug", flat=True))
    assert slugs == ["leafcon-2030", "leafcon-2031"]


def test_another_event_of_the_same_acronym_and_year_changes_nothing(tmp_path):
    import_file(tmp_path, as_json(many(3)))
    before = all_rows()

    result = import_file(tmp_path, as_json([talk(guid="other", title="Moss")], title="LeafCamp"))

    assert (result.counts.skipped, codes(result)[-1]) == (1, "event.another")
    assert all_rows() == before


def test_a_programme_that_became_empty_marks_its_talks(tmp_path):
    import_file(tmp_path, as_json(many(3)))

    assert import_file(tmp_path, as_json([])).counts.gone == 3
    assert import_file(tmp_path, as_json(many(3))).counts.back == 3


def test_a_programme_without_talks_is_a_conference(tmp_path, capsys):
    path = tmp_path / "empty"
    path.write_text(as_json([]))

    call_command("import_schedule", str(path))

    assert Conference.objects.get().title == "LeafCon"
    assert capsys.readouterr().out.splitlines()[0] == (
        "empty: 0 new, 0 changed, 0 unchanged, 0 skipped"
    )


def test_a_programme_of_shifts_alone_makes_no_conference(tmp_path):
    import_file(tmp_path, as_json([talk(type="block")]))

    assert not Conference.objects.exists()


def test_command_reads_a_file_or_a_folder(tmp_path, capsys):
    folder, report = tmp_path / "programmes", tmp_path / "report.json"
    folder.mkdir()
    (folder / "a.txt").write_text(as_json(many(2)))
    (folder / "b").write_text(as_xml([talk()], acronym="barkcon"))
    (folder / "c").write_text("hello")
    (folder / "sub").mkdir()

    call_command("import_schedule", str(folder), "--report", str(report))
    out = capsys.readouterr().out.splitlines()

    assert [line for line in out if not line.startswith("  warning")] == [
        "a.txt: 2 new, 0 changed, 0 unchanged, 0 skipped",
        "b: 1 new, 0 changed, 0 unchanged, 0 skipped",
        "c: 0 new, 0 changed, 0 unchanged, 0 skipped",
        (
            "  error: c: This is no programme that we can read (what it begins with is shown);"
            " it was skipped. [hello]"
        ),
        "  error: c: No talk could be read; the event was skipped.",
        "2 conferences, 3 talks, 3 speakers: 3 new, 0 changed, 0 unchanged, 0 skipped",
    ]
    assert json.loads(report.read_text())["talks"]["new"] == 3


def test_command_takes_only_the_files_it_is_told_and_a_dry_run_writes_nothing(tmp_path, capsys):
    (tmp_path / "a.json").write_text(as_json([talk()]))
    (tmp_path / "b.json").write_text(as_json([talk()], acronym="barkcon"))

    call_command("import_schedule", str(tmp_path), "--only", "b", "--dry-run")

    assert "b.json: 1 new" in capsys.readouterr().out
    assert not Talk.objects.exists()
    with pytest.raises(CommandError, match="no file of this name: x"):
        call_command("import_schedule", str(tmp_path), "--only", "x")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_schedule", str(tmp_path / "none"))
