"""Tables as programmes: ten odd ones, each as some person or spreadsheet wrote it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.sources.schedule.table_dates import DayOrder, clock_text, day_order
from exchange.tests.programmes import codes, import_file, read
from exchange.tests.test_schedule_hostile import FEW, parsed
from talks.models import Talk

ZONE = ",Time zone\n"


def test_everything_a_row_says(tmp_path):
    content = (
        "Conference,Time zone,ID,Title,Speakers,Day,Start,End,Room,Track,Type,Language,Abstract,"
        "Link,Slides,Video,Status,Remarks\n"
        "LeafCon,Europe/Vienna,7,Roots,Ada Quill; Bo Fern,2030-05-03,10:00,10:45,Hall,Soil,Talk,en,"
        '"What holds,\na tree.",https://leafcon.example/7,https://leafcon.example/7.odp,'
        "https://vimeo.com/123456,,none\n"
    )
    event = read(tmp_path, content)

    assert (event.name, event.fields["time_zone"]) == ("leafcon-2030", "Europe/Vienna")
    assert [i.value for i in event.issues] == ["Remarks"]
    [parsed_talk] = event.talks
    assert (parsed_talk.external_id, parsed_talk.location) == ("id:7", "line 2")
    assert parsed_talk.fields == {
        "title": "Roots",
        "given_on": "2030-05-03",
        "starts_at": "2030-05-03T08:00:00+00:00",
        "duration": 2700,
        "room": "Hall",
        "track": "Soil",
        "kind": "talk",
        "language": "en",
        "abstract": "What holds,\na tree.",
        "abstract_format": "plain",
        "is_cancelled": False,
        "speakers": ["Ada Quill", "Bo Fern"],
        "speakers_note": "",
        "links": [
            {"url": "https://leafcon.example/7", "kind": "page", "label": ""},
            {"url": "https://leafcon.example/7.odp", "kind": "slides", "label": ""},
        ],
        "recordings": [
            {"url": "https://vimeo.com/123456", "provider": "vimeo", "video_id": "123456"}
        ],
    }


@pytest.fixture
def fields(tmp_path):
    """Return the fields of a table's first talk, and the codes of what was found."""

    def run(content):
        event = read(tmp_path, content)
        return event.talks[0].fields, codes(event)

    return run


def test_1_german_semicolons_and_dotted_days(fields):
    found, _codes = fields(
        "Titel;Referent;Datum;Uhrzeit;Dauer;Raum;Zeitzone\n"
        "Wurzeln;Ada Quill;3.5.2030;14.30 Uhr;45 min;Saal;Europe/Vienna\n"
    )

    assert (found["starts_at"], found["duration"]) == ("2030-05-03T12:30:00+00:00", 2700)
    assert (found["speakers"], found["room"]) == (["Ada Quill"], "Saal")


def test_2_tabs_in_utf_16_after_a_line_of_excels(tmp_path):
    content = "sep=\t\r\nTitle\tSpeaker\r\nRoots\tAda Quill\r\n"
    event = read(tmp_path, content.encode("utf-16"))

    assert event.talks[0].fields["speakers"] == ["Ada Quill"]


def test_3_american_days_that_the_column_makes_clear(fields):
    found, _codes = fields(
        "title,date,time,timezone\nRoots,5/3/2030,2:30 PM,UTC\nBark,5/14/2030,9 am,UTC\n"
    )

    assert found["starts_at"] == "2030-05-03T14:30:00+00:00"


def test_4_days_that_nobody_can_tell_leave_talks_undated(fields):
    found, said = fields("title,date,time\nRoots,5/3/2030,10:00\n")

    assert "given_on" not in found
    assert {"schedule.days_unclear", "talk.undated"} <= set(said)


def test_5_a_range_of_times_in_one_cell(fields):
    found, _codes = fields("Title,Day,Time,TZ\nRoots,2030-05-03,10:00 – 11:15,Europe/Vienna\n")

    assert (found["starts_at"], found["duration"]) == ("2030-05-03T08:00:00+00:00", 4500)


def test_6_a_moment_with_its_offset_in_one_cell(tmp_path):
    event = read(tmp_path, "title,starts_at\nRoots,2030-05-03T10:00:00+02:00\n")

    assert event.talks[0].fields["starts_at"] == "2030-05-03T08:00:00+00:00"
    assert event.fields["time_zone"] == "+02:00"


def test_7_a_talk_over_midnight_and_one_after_it(tmp_path):
    content = (
        "title,day,start,end,time zone\nOwls,2030-05-03,23:30,0:15,Europe/Vienna\n"
        "Moths,2030-05-04,01:00,,Europe/Vienna\n"
    )
    owls, moths = (talk.fields for talk in read(tmp_path, content).talks)

    assert owls["duration"] == 2700
    assert (moths["given_on"], moths["starts_at"]) == ("2030-05-03", "2030-05-03T23:00:00+00:00")


def test_8_columns_of_one_meaning_empty_rows_and_short_ones(tmp_path):
    content = "\n\nSpeaker 1,Speaker 2,Talk title\nAda Quill,Bo Fern,Roots\n,,\n\nCy Moss\n"
    event = read(tmp_path, content)

    assert event.talks[0].fields["speakers"] == ["Ada Quill", "Bo Fern"]
    assert (len(event.talks), len(event.skipped)) == (1, 1)
    assert "schedule.placeholders" in codes(event)


def test_9_names_with_commas_stay_one_and_breaks_are_no_talks(tmp_path):
    content = 'title,speakers,status\nRoots,"Ada Quill, Bo Fern",cancelled\nLunch,,\n'
    event = read(tmp_path, content)

    assert event.talks[0].fields["speakers"] == ["Ada Quill, Bo Fern"]
    assert event.talks[0].fields["is_cancelled"] is True
    assert event.skipped == ("title:lunch",)
    assert "speakers.several" in codes(event)


def test_10_without_a_zone_only_days_are_taken(fields):
    found, said = fields("title|when|day|start\nRoots|x|3 May 2030|10:00\n")

    assert (found["given_on"], found["starts_at"]) == ("2030-05-03", None)
    assert "event.naive_times" in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("just,some,words\n1,2,3\n", "file.not_a_schedule"),
        ("Title\nRoots\n", "file.not_a_schedule"),
        ("Title: notes of a talk, by its speaker\n", "file.not_a_schedule"),
        (b"title,speaker\nW\xfcrzeln,Ada\n", "file.not_utf8"),
        ("title,speaker\n" + "x" * 200_000 + ",Ada\n", "file.not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, content, code):
    assert codes(read(tmp_path, content)) == [code]


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("exchange.sources.schedule.tables.MAX_ROWS", 1)

    assert codes(read(tmp_path, "title,room\na,b\nc,d\n")) == ["file.too_many_rows"]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:05", "09:05:00"),
        ("09.05", "09:05:00"),
        ("9h05", "09:05:00"),
        ("12:30 am", "00:30:00"),
        ("12 p.m.", "12:00:00"),
        ("14", "14:00:00"),
        ("2030-05-03 14:00", "14:00:00"),
        ("3.5.2030", ""),
        ("May 3, 2030", ""),
        ("25:00", ""),
        ("2030", ""),
        ("", ""),
    ],
)
def test_times_of_day(text, clock):
    assert clock_text(text) == clock


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2030-05-03", dt.date(2030, 5, 3)),
        ("2030/5/3", dt.date(2030, 5, 3)),
        ("Fri, 3rd May 2030", dt.date(2030, 5, 3)),
        ("May 3, 2030", dt.date(2030, 5, 3)),
        ("3. Mai 2030", dt.date(2030, 5, 3)),
        ("3/5/2030", dt.date(2030, 5, 3)),
        ("31.2.2030", None),
        ("Friday", None),
    ],
)
def test_days(text, day):
    assert DayOrder.DAY_FIRST.day_in(text) == day


def test_the_order_of_a_columns_days():
    assert day_order(["1/2/2030", "14/2/2030"]) is DayOrder.DAY_FIRST
    assert day_order(["1/2/2030", "2/14/2030"]) is DayOrder.MONTH_FIRST
    assert day_order(["1/2/2030"]) is DayOrder.UNCLEAR
    assert day_order(["14/2/2030", "2/14/2030"]) is DayOrder.UNCLEAR


CELLS = st.text(max_size=12) | st.sampled_from(
    ["2030-05-03", "99.99.9999", "10:00–", "–", '"', ";", "\n", "9999-12-31", "23:59", "0:00"]
)


@FEW
@given(st.lists(st.lists(CELLS, max_size=6).map(",".join), max_size=6))
def test_no_rows_make_it_raise(rows):
    for header in ("title,speakers,day,start,end,id", "title;day;start;duration"):
        parsed("\n".join([header, *rows]).encode("utf-8", "replace"))


@pytest.mark.django_db
def test_a_table_twice_writes_no_row_the_second_time(tmp_path):
    content = "title,speaker,day\nRoots,Ada Quill,2030-05-03\n"
    import_file(tmp_path, content, name="leafcon.csv")

    assert import_file(tmp_path, content, name="leafcon.csv").counts.unchanged == 1
    assert Talk.objects.get().conference.slug == "leafcon"
