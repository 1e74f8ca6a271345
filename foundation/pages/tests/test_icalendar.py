"""Calendar files: what is written is what a reader of RFC 5545 reads."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from foundation.pages.icalendar import Event, calendar_of
from foundation.text.names import without_controls

NOON = dt.datetime(2017, 4, 3, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))
WRITTEN = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
_UNESCAPED = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n"}
ID = "{}@notes.example".format


def _properties(content):
    unfolded = content.replace(b"\r\n ", b"").decode()
    return [line.partition(":")[::2] for line in unfolded.split("\r\n")[:-1]]


def _read(text):
    return re.sub(r"\\[\\;,n]", lambda match: _UNESCAPED[match[0]], text)


def test_an_event_with_times_is_in_utc():
    event = Event(
        name="talk-1",
        summary="Tests, and more; now",
        start=NOON,
        end=NOON + dt.timedelta(minutes=25),
        stamp=WRITTEN,
        location="Room\\A",
        description="Ada\r\nConf",
        url="https://notes.example/a,b/",
        is_cancelled=True,
    )

    assert _properties(calendar_of("Conf", [event], uid=ID)) == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Talk Notes//Calendars//EN"),
        ("NAME", "Conf"),
        ("X-WR-CALNAME", "Conf"),
        ("BEGIN", "VEVENT"),
        ("UID", "talk-1@notes.example"),
        ("DTSTAMP", "20160101T000000Z"),
        ("LAST-MODIFIED", "20160101T000000Z"),
        ("SEQUENCE", "0"),
        ("DTSTART", "20170403T100000Z"),
        ("DTEND", "20170403T102500Z"),
        ("SUMMARY", "Tests\\, and more\\; now"),
        ("LOCATION", "Room\\\\A"),
        ("DESCRIPTION", "Ada\\nConf"),
        ("URL", "https://notes.example/a,b/"),
        ("STATUS", "CANCELLED"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]


def test_an_event_of_days_ends_on_the_day_after():
    day = dt.date(2017, 4, 3)
    one = Event(name="1", summary="One", start=day, stamp=WRITTEN)
    three = Event(name="3", summary="Three", start=day, end=dt.date(2017, 4, 5), stamp=WRITTEN)

    spans = [
        p for p in _properties(calendar_of("C", [one, three], uid=ID)) if p[0].startswith("DT")
    ]

    assert [span for span in spans if span[0] != "DTSTAMP"] == [
        ("DTSTART;VALUE=DATE", "20170403"),
        ("DTEND;VALUE=DATE", "20170404"),
        ("DTSTART;VALUE=DATE", "20170403"),
        ("DTEND;VALUE=DATE", "20170406"),
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), st.integers(55, 75))
def test_any_text_comes_back_from_lines_of_75_octets(text, length):
    text = "x" * length + text * 3
    event = Event(name="1", summary=text, start=NOON, stamp=WRITTEN)

    content = calendar_of("Conf", [event], uid=ID)

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]  # no sign stands in two lines
    assert b"\n" not in content.replace(b"\r\n", b"")
    [summary] = [value for name, value in _properties(content) if name == "SUMMARY"]
    plain = without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    assert _read(summary) == plain
