"""Calendars as programmes: ten odd ones, each as some program or person wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.tests.programmes import codes, import_file, read
from exchange.tests.test_schedule_hostile import FEW, parsed
from talks.models import Talk

PLAIN = """UID:roots@leafcon
SUMMARY:Roots
DTSTART;TZID=Europe/Vienna:20300503T100000
DTEND;TZID=Europe/Vienna:20300503T104500"""


def calendar(*events, head="X-WR-CALNAME:LeafCon\nX-WR-TIMEZONE:Europe/Vienna"):
    inside = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//\n{head}\n{inside}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n")


@pytest.fixture
def fields(tmp_path):
    def run(*lines, **options):
        event = read(tmp_path, calendar("\n".join(lines), **options))
        return event.talks[0].fields, codes(event)

    return run


def test_everything_an_event_says(tmp_path):
    event = read(
        tmp_path,
        calendar(
            PLAIN,
            "UID:bark@leafcon\nSUMMARY;LANGUAGE=de:Bark\\, moss\\nand lichen\n"
            "DTSTART:20300504T080000Z\nDURATION:PT1H30M\nLOCATION:Hall\nCATEGORIES:Soil,Air\n"
            "DESCRIPTION:What grows\n  outside.\\n\\nAnd <b>inside</b>.\n"
            'ATTENDEE;CN="Ada Quill":mailto:ada@leafcon.example\n'
            "ATTENDEE;ROLE=NON-PARTICIPANT;CN=Bo Fern:mailto:bo@leafcon.example\n"
            "ATTENDEE:mailto:nobody@leafcon.example\nURL:https://leafcon.example/bark\n"
            "ATTACH:https://leafcon.example/bark.pdf\nSTATUS:CONFIRMED",
        ),
    )

    assert (event.name, event.fields["title"]) == ("leafcon-2030", "LeafCon")
    assert (event.fields["time_zone"], event.fields["time_zone_guessed"]) == (
        "Europe/Vienna",
        False,
    )
    roots, bark = event.talks
    assert (roots.external_id, roots.location) == ("roots@leafcon", "VEVENT 1")
    assert (roots.fields["starts_at"], roots.fields["duration"]) == (
        "2030-05-03T08:00:00+00:00",
        2700,
    )
    assert bark.fields == {
        "title": "Bark, moss and lichen",
        "given_on": "2030-05-04",
        "starts_at": "2030-05-04T08:00:00+00:00",
        "duration": 5400,
        "room": "Hall",
        "track": "Soil, Air",
        "language": "de",
        "abstract": "What grows outside.\n\nAnd <b>inside</b>.",
        "abstract_format": "plain",
        "is_cancelled": False,
        "speakers": ["Ada Quill"],
        "speakers_note": "",
        "links": [
            {"url": "https://leafcon.example/bark", "kind": "page", "label": ""},
            {"url": "https://leafcon.example/bark.pdf", "kind": "slides", "label": ""},
        ],
    }


def test_1_a_floating_time_is_read_in_the_calendars_zone(fields):
    found, _codes = fields("SUMMARY:Roots", "DTSTART:20300503T100000")

    assert found["starts_at"] == "2030-05-03T08:00:00+00:00"


def test_2_the_one_zone_of_all_events_is_the_calendars(tmp_path):
    event = read(tmp_path, calendar(PLAIN, head="X-WR-CALNAME:LeafCon"))

    assert event.fields["time_zone"] == "Europe/Vienna"


def test_3_utc_alone_names_no_zone_and_says_so(tmp_path):
    content = calendar("SUMMARY:Roots\nDTSTART:20300503T080000Z", head="X-WR-CALNAME:LeafCon")
    event = read(tmp_path, content)

    assert "time_zone" not in event.fields
    assert event.talks[0].fields["starts_at"] == "2030-05-03T08:00:00+00:00"
    assert "schedule.utc_alone" in codes(event)


def test_4_a_whole_day_has_no_start(fields):
    found, said = fields("SUMMARY:Roots", "DTSTART;VALUE=DATE:20300503", "DTEND:20300504")

    assert (found["given_on"], found["starts_at"]) == ("2030-05-03", None)
    assert "talk.no_start" in said


def test_5_a_start_that_is_none_leaves_the_talk_undated(fields):
    found, said = fields("SUMMARY:Roots", "DTSTART:soon", "DTEND:later")

    assert "given_on" not in found
    assert {"talk.date", "talk.undated"} <= set(said)


def test_6_a_zone_of_the_calendars_own_making(tmp_path):
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Garden Time\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE"
    )
    content = calendar("SUMMARY:Roots\nDTSTART;TZID=Garden Time:20300503T100000", head=zone)
    event = read(tmp_path, content)

    assert event.talks[0].fields["starts_at"] == "2030-05-03T07:00:00+00:00"
    assert (event.fields["time_zone"], event.fields["time_zone_guessed"]) == ("+03:00", True)


def test_7_repetitions_are_taken_once_and_exceptions_are_slots(tmp_path):
    again = PLAIN.replace("SUMMARY:Roots", "SUMMARY:Roots\nRECURRENCE-ID:20300504T080000Z")
    event = read(tmp_path, calendar(f"{PLAIN}\nRRULE:FREQ=DAILY;COUNT=2", again))

    assert [t.external_id for t in event.talks] == [
        "roots@leafcon",
        "roots@leafcon 2030-05-04T08:00:00+00:00",
    ]
    assert "talk.repeats" in codes(event)


def test_8_cancelled_events_are_marked_and_breaks_are_none(tmp_path):
    event = read(
        tmp_path,
        calendar(f"{PLAIN}\nSTATUS:CANCELLED", "UID:l\nSUMMARY:Lunch\nDTSTART:20300503T120000"),
    )

    assert [t.fields["is_cancelled"] for t in event.talks] == [True]
    assert event.skipped == ("l",)


def test_9_a_night_and_two_calendars_in_one_file_with_small_letters(tmp_path):
    night = "UID:n\nSUMMARY:Moths\nDTSTART;TZID=Europe/Vienna:20300504T010000"
    content = calendar(PLAIN).replace("BEGIN:VCALENDAR", "begin:vcalendar") + calendar(night)
    event = read(tmp_path, b"\xef\xbb\xbf" + content.encode())

    assert [t.fields["given_on"] for t in event.talks] == ["2030-05-03", "2030-05-03"]


def test_10_an_event_without_uid_title_or_end(tmp_path):
    event = read(
        tmp_path,
        calendar("DTSTART:20300503T100000", "SUMMARY:Roots", "SUMMARY:Roots", "UID:x", head=""),
        name="leafcon.ics",
    )

    assert event.name == "leafcon"
    assert [t.external_id for t in event.talks] == ["title:roots", "title:roots#2"]
    assert {"schedule.placeholders", "talk.undated"} <= set(codes(event))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"BEGIN:VCALENDAR\r\n", "file.not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "file.not_a_calendar"),
        (b"BEGIN:VCALENDAR", "file.not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:\xff\r\nEND:VCALENDAR\r\n", "file.not_utf8"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(tmp_path, content, code):
    assert codes(read(tmp_path, content)) == [code]


@pytest.mark.parametrize("cap", ["MAX_LINES", "MAX_BYTES"])
def test_a_big_calendar_is_refused(tmp_path, monkeypatch, cap):
    monkeypatch.setattr(f"exchange.sources.schedule.calendar_files.{cap}", 10)

    assert codes(read(tmp_path, calendar(PLAIN, PLAIN))) == ["file.too_big"]


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE"),
        *("END:VTIMEZONE", "DTSTART;TZID=:x", "DTSTART:00000000T000000Z", "DTSTART:99991231"),
        *("SUMMARY", "SUMMARY;=:x", "CATEGORIES:", "CATEGORIES:a,b", "DURATION:-P1D", "UID:x"),
        *("DTEND:20300503T100000/PT1H", "RRULE:FREQ=", "ATTENDEE;CN=,:x", "ATTACH;VALUE=BINARY:x"),
        *("DTSTART;TZID=Nowhere:20300503T100000", "RDATE:20300503,20300504", ";:", "TZID:x"),
        *("DTSTART;VALUE=PERIOD:20300503T100000Z/PT1H", "STATUS:a\r\nSTATUS:b", "URL:javascript:x"),
    ]
)


@FEW
@given(st.lists(LINES | st.text(max_size=20), max_size=12))
def test_no_lines_make_it_raise(lines):
    inside = "\r\n".join(lines)
    for content in (calendar(inside), f"BEGIN:VCALENDAR\r\n{inside}\r\nEND:VCALENDAR\r\n"):
        event = parsed(content.encode("utf-8", "replace"))
        assert event.talks or event.issues or event.is_yet_empty


def test_deep_nesting_does_not_make_it_raise(tmp_path):
    deep = "BEGIN:VEVENT\r\n" * 3_000 + "END:VEVENT\r\n" * 3_000
    event = read(tmp_path, f"BEGIN:VCALENDAR\r\n{deep}END:VCALENDAR\r\n")

    assert event.talks == ()


@pytest.mark.django_db
def test_a_calendar_twice_writes_no_row_the_second_time(tmp_path):
    import_file(tmp_path, calendar(PLAIN))

    assert import_file(tmp_path, calendar(PLAIN)).counts.unchanged == 1
    assert Talk.objects.get().title == "Roots"
