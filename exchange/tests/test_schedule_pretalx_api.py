"""Dumps of pretalx's REST API: submissions and talks, old and new."""

import json

import pytest

from conferences.models import Conference
from exchange.tests.programmes import codes, import_file, read
from talks.models import Talk


def submission(**fields):
    return {
        "code": "ABC123",
        "title": "Roots",
        "state": "confirmed",
        "submission_type": "Talk (long session)",
        "track": {"en": "Soil", "de": "Boden"},
        "abstract": "What holds a tree.",
        "description": None,
        "duration": 45,
        "content_locale": "en",
        "do_not_record": False,
        "speakers": [{"code": "XYZ", "name": "Ada Quill", "email": "ada@leafcon.example"}],
        "slot": {
            "room": {"en": "Hall"},
            "start": "2030-05-03T10:00:00+02:00",
            "end": "2030-05-03T10:40:00+02:00",
        },
        "resources": [{"resource": "https://leafcon.example/a.pdf", "description": "Slides"}],
        **fields,
    }


def dump(*entries):
    return json.dumps(list(entries))


def test_everything_a_submission_says(tmp_path):
    event = read(tmp_path, dump(submission()), name="leafcon.json")

    assert (event.name, event.fields["starts_on"]) == ("leafcon", "2030-05-03")
    [parsed] = event.talks
    assert (parsed.external_id, parsed.location) == ("code:ABC123", "/0")
    assert parsed.fields == {
        "title": "Roots",
        "given_on": "2030-05-03",
        "starts_at": "2030-05-03T08:00:00+00:00",
        "duration": 2400,
        "room": "Hall",
        "track": "Soil",
        "kind": "talk",
        "language": "en",
        "abstract": "What holds a tree.",
        "abstract_format": "markdown",
        "do_not_record": False,
        "is_cancelled": False,
        "speakers": ["Ada Quill"],
        "speakers_note": "",
        "links": [{"url": "https://leafcon.example/a.pdf", "kind": "slides", "label": "Slides"}],
    }


def test_pages_of_results_and_slots_of_the_newer_api(tmp_path):
    held = [
        {"start": "2030-05-03T10:00:00+02:00", "room": {"id": 3, "name": {"en": "Hall"}}},
        {"start": "2030-05-04T10:00:00+02:00", "room": 4},
        17,
    ]
    newer = submission(slots=held, submission_type={"id": 1, "name": {"en": "Workshop"}}, track=9)
    event = read(tmp_path, json.dumps({"count": 1, "results": [newer]}), name="leafcon")

    assert [t.external_id for t in event.talks] == ["code:ABC123", "code:ABC123#2"]
    first, second = (t.fields for t in event.talks)
    assert (first["room"], first["kind"], first["given_on"]) == ("Hall", "workshop", "2030-05-03")
    assert "room" not in second
    assert "track" not in first


def test_states_that_are_in_no_programme_are_left_out_and_counted(tmp_path):
    states = ["rejected", "submitted", "rejected", "canceled", "accepted"]
    entries = [submission(code=f"C{n}", state=state) for n, state in enumerate(states)]
    event = read(tmp_path, dump(*entries))

    assert [t.external_id for t in event.talks] == ["code:C3", "code:C4"]
    assert event.talks[0].fields["is_cancelled"] is True
    values = [i.value for i in event.issues if i.finding.code == "schedule.not_accepted"]
    assert values == ["rejected: 2", "submitted: 1"]


def test_codes_of_speakers_are_no_names(tmp_path):
    event = read(tmp_path, dump(submission(speakers=["XYZ"])))

    assert "speakers" not in event.talks[0].fields
    assert "speakers.codes" in codes(event)


def test_a_submission_without_a_slot_is_undated(tmp_path):
    event = read(tmp_path, dump(submission(slot=None)))

    assert "given_on" not in event.talks[0].fields
    assert event.talks[0].fields["duration"] == 2700
    assert "talk.undated" in codes(event)


def test_a_talk_after_midnight_belongs_to_the_day_before(tmp_path):
    night = {"start": "2030-05-04T01:00:00+02:00"}
    event = read(tmp_path, dump(submission(), submission(code="N", slot=night)))

    assert event.talks[1].fields["given_on"] == "2030-05-03"


@pytest.mark.parametrize("entry", [{"code": "XYZ", "name": "Ada", "submissions": []}, {"code": 1}])
def test_a_dump_of_something_else_is_refused_by_its_keys(tmp_path, entry):
    event = read(tmp_path, dump(entry))

    assert codes(event) == ["file.other_dump"]


@pytest.mark.parametrize("stem", ["leafcon", "submissions"])
@pytest.mark.django_db
def test_the_conference_is_known_by_the_file_or_its_folder(tmp_path, stem):
    folder = tmp_path / "leafcon"
    folder.mkdir()
    import_file(folder, dump(submission(slot=None)), name=f"{stem}.json")

    result = import_file(folder, dump(submission()), name=f"{stem}.json")

    assert result.counts.changed == 1
    assert Conference.objects.get().slug == "leafcon"
    assert Talk.objects.get().room == "Hall"
