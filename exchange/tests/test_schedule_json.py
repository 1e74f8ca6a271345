"""Schedule JSON: what each value becomes, and what is said about those that are odd."""

import json

import pytest

from exchange.tests.programmes import CONFERENCE, as_json, codes, read, talk


@pytest.fixture
def fields(tmp_path):
    """Return the fields of one talk, and the codes of what was found."""

    def run(conference=None, **entry):
        event = read(tmp_path, as_json([talk(**entry)], **(conference or {})))
        return event.talks[0].fields, codes(event)

    return run


def test_everything_an_entry_says(tmp_path):
    event = read(
        tmp_path,
        as_json(
            [
                talk(
                    subtitle="And soil",
                    description="In two parts.",
                    recording_license="CC BY",
                    do_not_record=True,
                    url="https://leafcon.example/talk/1",
                    links=[
                        {"url": "https://github.com/leaf/roots", "title": "Code"},
                        {"url": "https://vimeo.com/123456"},
                    ],
                    attachments=[{"url": "/files/roots.pdf", "title": "Slides"}],
                )
            ],
            around={"base_url": "https://leafcon.example/2030/"},
        ),
    )

    assert (event.name, codes(event)) == ("leafcon-2030", ["schedule.range"])
    assert event.fields == {
        "title": "LeafCon",
        "website": "https://leafcon.example/2030/",
        "starts_on": "2030-05-03",
        "ends_on": "2030-05-03",
        "dates_estimated": False,
        "time_zone": "Europe/Vienna",
        "time_zone_guessed": False,
    }
    [parsed] = event.talks
    assert (parsed.external_id, parsed.location) == (
        "6f1d-roots",
        "/schedule/conference/days/0/rooms/Hall/0",
    )
    assert parsed.fields == {
        "title": "Roots – And soil",
        "given_on": "2030-05-03",
        "starts_at": "2030-05-03T08:00:00+00:00",
        "duration": 2700,
        "room": "Hall",
        "track": "Soil",
        "kind": "talk",
        "language": "en",
        "abstract": "What holds a tree.\n\nIn two parts.",
        "abstract_format": "markdown",
        "licence": "CC BY",
        "do_not_record": True,
        "speakers": ["Ada Quill"],
        "speakers_note": "",
        "links": [
            {"url": "https://leafcon.example/talk/1", "kind": "page", "label": ""},
            {"url": "https://github.com/leaf/roots", "kind": "code", "label": "Code"},
            {
                "url": "https://leafcon.example/files/roots.pdf",
                "kind": "slides",
                "label": "Slides",
            },
        ],
        "recordings": [
            {"url": "https://vimeo.com/123456", "provider": "vimeo", "video_id": "123456"}
        ],
    }


def test_a_talk_after_midnight_belongs_to_the_day_before(fields):
    found, _codes = fields(date="2030-05-04T00:30:00+02:00")

    assert (found["given_on"], found["starts_at"]) == ("2030-05-03", "2030-05-03T22:30:00+00:00")


@pytest.mark.parametrize(
    ("entry", "seconds"),
    [
        ({"duration": "0:30"}, 1800),
        ({"duration": "01:30:00"}, 5400),
        ({"duration": 50}, 3000),
        ({"duration": "50"}, 3000),
        ({"duration": "", "end": "2030-05-03T11:15:00+02:00"}, 4500),
        ({"duration": "01:00", "end": "2030-05-03T09:00:00+02:00"}, 3600),
    ],
)
def test_durations(fields, entry, seconds):
    assert fields(**entry)[0]["duration"] == seconds


@pytest.mark.parametrize(
    "said", ["", ":", "00:00", "-01:00", "25:00", "00:75", "1:02:00:00", "soon"]
)
def test_lengths_no_talk_has_are_left_out(fields, said):
    found, said_codes = fields(duration=said)

    assert "duration" not in found
    assert "talk.duration" in said_codes


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Talk (long session)", "talk"),
        ("Keynote", "keynote"),
        ("youthworkshop", "workshop"),
        ("Lightning Talk", "lightning"),
        ("podium", "panel"),
        ("performance", "other"),
        ({"en": "Tutorial", "de": "Kurs"}, "tutorial"),
    ],
)
def test_kinds(fields, said, kind):
    assert fields(type=said)[0]["kind"] == kind


def test_a_kind_nobody_knows_is_left_out_and_said(fields):
    found, said_codes = fields(type="Zorbing")

    assert "kind" not in found
    assert "talk.kind" in said_codes


def test_a_start_on_the_clock_alone_is_read_in_the_conferences_zone(fields):
    found, _codes = fields(date=None, start="09:15")

    assert found["starts_at"] == "2030-05-03T07:15:00+00:00"


def test_without_a_zone_the_one_offset_of_all_times_is_taken(tmp_path):
    event = read(tmp_path, as_json([talk()], time_zone_name=None))

    assert (event.fields["time_zone"], event.fields["time_zone_guessed"]) == ("+02:00", True)
    assert "schedule.time_zone_guessed" in codes(event)


def test_without_zone_and_offsets_only_days_are_taken(tmp_path):
    entry = talk(date="2030-05-03T10:00:00")
    event = read(tmp_path, as_json([entry], time_zone_name="Middle/Earth"))

    assert event.talks[0].fields["starts_at"] is None
    assert event.talks[0].fields["given_on"] == "2030-05-03"
    assert {"event.naive_times", "schedule.time_zone"} <= set(codes(event))
    assert "time_zone" not in event.fields


def test_local_times_marked_as_utc_are_read_as_local(tmp_path):
    event = read(tmp_path, as_json([talk(date="2030-05-03T10:00:00Z")]))

    assert event.talks[0].fields["starts_at"] == "2030-05-03T08:00:00+00:00"
    assert codes(event).count("schedule.local_as_utc") == 1


def test_where_zone_and_offsets_disagree_the_offsets_count(tmp_path):
    event = read(tmp_path, as_json([talk(), talk(guid="b")], time_zone_name="UTC"))

    assert event.talks[0].fields["starts_at"] == "2030-05-03T08:00:00+00:00"
    assert codes(event).count("schedule.zone_disagrees") == 1


def test_a_time_the_clock_shows_twice_is_the_first_and_said(tmp_path):
    entry = talk(date="2030-10-27T02:30:00")
    event = read(tmp_path, as_json([entry], day="2030-10-27"))

    assert event.talks[0].fields["starts_at"] == "2030-10-27T00:30:00+00:00"
    assert "talk.clock_repeated" in codes(event)


def test_breaks_shifts_and_placeholders_are_no_talks(tmp_path):
    event = read(
        tmp_path,
        as_json(
            [
                talk(),
                talk(guid="b", type="block", title="Set-up"),
                talk(guid="c", type="BREAK", title="Pause"),
                talk(guid="d", type="", title="Coffee break", persons=[]),
                talk(guid="", id="", title="", duration=":"),
                talk(guid="e", title=""),
            ]
        ),
    )

    assert [parsed.external_id for parsed in event.talks] == ["6f1d-roots"]
    assert len(event.skipped) == 5
    values = {issue.finding.code: issue.value for issue in event.issues}
    assert (values["schedule.placeholders"], values["talk.no_title"]) == ("1", "")
    assert codes(event).count("schedule.not_talks") == 3


def test_a_talk_called_lunch_with_a_speaker_is_a_talk(fields):
    assert fields(title="Lunch")[0]["title"] == "Lunch"


def test_what_talks_are_known_by(tmp_path):
    entries = [
        talk(guid="g"),
        talk(guid=None, code="ABC"),
        talk(guid=None, code="ABC", date="2030-05-03T12:00:00+02:00"),
        talk(guid=None, id=0),
        talk(guid=None, id=8, title="Bark"),
        talk(guid=None, id=8, title="Moss", date="2030-05-03T15:00:00+02:00"),
        talk(guid=None, id=None, title="Bark"),
    ]
    event = read(tmp_path, as_json(entries))

    assert [parsed.external_id for parsed in event.talks] == [
        *("g", "code:ABC", "code:ABC#2", "id:0"),
        *("title:bark", "title:moss", "title:bark#2"),
    ]


def test_a_guid_counts_once(tmp_path):
    entries = [talk(), talk(), talk(room="Attic")]
    event = read(tmp_path, as_json(entries))

    assert len(event.talks) == 1
    assert len(event.skipped) == 2
    found = {issue.finding.code: issue for issue in event.issues}
    assert "talk.repeated" in found
    assert "Attic" in found["talk.guid_differs"].value


def test_a_break_copied_to_every_room_is_one(tmp_path):
    entries = [talk(guid=None, id=5), talk(guid=None, id=5, room="Attic")]

    assert len(read(tmp_path, as_json(entries)).talks) == 1


def test_people(fields):
    persons = [
        {"id": 1, "public_name": "Ada Quill"},
        {"id": 1, "name": "Bo Fern"},
        {"name": "", "public_name": " "},
        "Cy Moss",
        {"name": "TBA"},
        {"name": "<script>alert(1)</script>"},
    ]
    found, said_codes = fields(persons=persons)

    assert found["speakers"] == ["Ada Quill", "Bo Fern", "Cy Moss", "<script>alert(1)</script>"]
    assert found["speakers_note"] == "TBA"
    assert {"speakers.empty", "speakers.same_id"} <= set(said_codes)


def test_links_that_nobody_can_follow_are_left_out(fields):
    links = [
        {"url": "javascript:alert(1)"},
        {"url": "//leafcon.example/x"},
        {"url": "/files/x.pdf"},
        {"url": "http://localhost:8000/x"},
        {"url": "http://10.0.0.1/x"},
        {"url": 7},
        {"url": "www.leafcon.example"},
    ]
    found, said_codes = fields(links=links)

    assert [link["url"] for link in found["links"]] == ["https://www.leafcon.example"]
    expected = {"url.scheme", "url.relative", "links.local", "links.dropped", "url.repaired"}
    assert expected <= set(said_codes)


def test_the_room_it_stands_under_counts(tmp_path):
    whole = json.loads(as_json([talk()]))
    whole["schedule"]["conference"]["days"][0]["rooms"] = {"Attic": [talk()]}
    event = read(tmp_path, json.dumps(whole))

    assert event.talks[0].fields["room"] == "Attic"
    assert "talk.room" in codes(event)


def test_version_2(tmp_path):
    schedule = {
        "conference": {
            **CONFERENCE,
            "start": "2030-05-03T08:00:00+00:00",
            "tracks": [{"slug": "soil", "name": "Soil"}],
            "days": [
                {
                    "date": "2030-05-03",
                    "start": "2030-05-03T09:00:00+02:00",
                    "end": "2030-05-04T06:00:00+02:00",
                }
            ],
        },
        "events": [
            {
                "guid": "g",
                "type": "OTHER",
                "title": {"de": "Wurzeln", "en": "Roots"},
                "start": "2030-05-04T01:00:00+02:00",
                "end": "2030-05-04T02:00:00+02:00",
                "room": {"name": "Hall", "slug": "hall"},
                "track": {"slug": "soil"},
                "participants": [
                    {"name": "Ada Quill", "role": "SPEAKER"},
                    {"name": "Bo Fern", "role": "ORGA"},
                ],
                "links": [{"url": "https://leafcon.example/say", "type": "FEEDBACK"}],
                "attachments": [{"url": "https://leafcon.example/r", "type": "SLIDES"}],
            }
        ],
    }
    [parsed] = read(tmp_path, json.dumps({"schedule": schedule})).talks

    found = parsed.fields
    assert (found["title"], found["room"], found["track"]) == ("Roots", "Hall", "Soil")
    assert (found["given_on"], found["duration"]) == ("2030-05-03", 3600)
    assert (found["kind"], found["speakers"]) == ("other", ["Ada Quill"])
    assert found["links"] == [
        {"url": "https://leafcon.example/r", "kind": "slides", "label": ""},
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file.not_a_schedule"),
        ("hello", "file.not_a_schedule"),
        ("{", "file.not_json"),
        ('{"a": 1}', "file.not_a_schedule"),
        ('[{"title": "x"}]', "file.flat_list"),
        ('{"schedule": {}}', "schedule.no_conference"),
        ('{"schedule": {"conference": {"title": " "}}}', "schedule.no_conference"),
        ('{"schedule": {"conference": {"title": "x"}}}', "schedule.no_days"),
        (b"\xff\xfe{", "file.not_utf8"),
        ('{"schedule": "\udcff"}'.encode("utf-8", "surrogatepass"), "file.not_utf8"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_sentence(tmp_path, content, code):
    event = read(tmp_path, content)

    assert (codes(event), event.talks, event.is_described) == ([code], (), False)


def test_what_is_no_entry_is_named_with_its_place(tmp_path):
    whole = json.loads(as_json([talk(), "x"]))
    whole["schedule"]["conference"]["days"] += [{"rooms": []}, 5, {"date": "2030-05-04"}]
    event = read(tmp_path, json.dumps(whole))

    assert len(event.talks) == 1
    places = [(i.finding.code, i.location) for i in event.issues if i.severity == "error"]
    assert places == [
        ("talk.not_an_object", "/schedule/conference/days/0/rooms/Hall/1"),
        ("schedule.rooms", "/schedule/conference/days/1"),
        ("schedule.rooms", "/schedule/conference/days/2"),
    ]
