"""How pages write dates, times, lengths, languages and numbers."""

import datetime as dt

import pytest

from conferences.models import Conference
from foundation.pages.neighbours import neighbours
from foundation.pages.templatetags import notes
from talks.models import Talk
from talks.templatetags.talk_times import when


def conference(starts_on=None, ends_on=None, **fields):
    return Conference(
        starts_on=dt.date.fromisoformat(starts_on) if starts_on else None,
        ends_on=dt.date.fromisoformat(ends_on) if ends_on else None,
        **fields,
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(None, None, "", id="unknown"),
        pytest.param("2017-04-03", None, "3 April 2017", id="no-last-day"),
        pytest.param("2017-04-03", "2017-04-03", "3 April 2017", id="one-day"),
        pytest.param("2017-04-03", "2017-04-07", "3–7 April 2017", id="one-month"),
        pytest.param("2017-03-30", "2017-04-02", "30 March – 2 April 2017", id="two-months"),
        pytest.param(
            "2016-04-03", "2017-04-07", "3 April 2016 – 7 April 2017", id="same-month-later"
        ),
        pytest.param(
            "2016-12-30", "2017-01-02", "30 December 2016 – 2 January 2017", id="two-years"
        ),
    ],
)
def test_days_of_a_conference_are_written_as_short_as_can_be(first, last, expected):
    assert notes.dates_of(conference(first, last)) == expected


@pytest.mark.parametrize(
    ("zone", "clock", "name"),
    [
        pytest.param("Europe/Lisbon", "10:30", "Europe/Lisbon", id="summer-time"),
        pytest.param("America/New_York", "05:30", "America/New York", id="name-with-a-line"),
        pytest.param("+05:30", "15:00", "UTC+05:30", id="offset"),
        pytest.param("-03:00", "06:30", "UTC-03:00", id="offset-to-the-west"),
        pytest.param("UTC", "09:30", "UTC", id="utc"),
        pytest.param("", "", "UTC", id="unknown"),
    ],
)
def test_times_are_written_in_the_zone_of_the_conference(zone, clock, name):
    held = Conference(time_zone=zone)
    moment = dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
    talk = Talk(conference=held, given_on=moment.date(), starts_at=moment)

    assert (when(talk).clock, notes.zone_of(held)) == (clock, name)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (20, "1 min"),
        (25 * 60, "25 min"),
        (25 * 60 + 31, "26 min"),
        (60 * 60, "1 h"),
        (2 * 60 * 60, "2 h"),
        (90 * 60, "1 h 30 min"),
    ],
)
def test_lengths_are_written_in_hours_and_minutes(seconds, expected):
    duration = dt.timedelta(seconds=seconds)

    assert notes.how_long(duration) == expected
    assert notes.iso_length(duration) == f"PT{seconds}S"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "English"),
        ("pt-BR", "Brazilian Portuguese"),
        ("de-CH", "German"),
        ("zh", "Chinese"),
        ("zh-Hant", "Traditional Chinese"),
        ("tlh", "tlh"),
    ],
)
def test_languages_are_named_where_they_are_known(code, expected):
    assert notes.language_name(code) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>One &amp; <em>two</em></p>\n<p>three</p>", "One & two three", id="markup"),
        pytest.param('<p>One</p><p>two <a href="https://exa', "One two", id="cut-inside-a-tag"),
        pytest.param("<ul>\n<li>one</li><li>two</li></ul>", "one two", id="list"),
        pytest.param("<p>&lt;b&gt; one</p>", "<b> one", id="written-tag"),
        pytest.param("", "", id="empty"),
        pytest.param("<p>" + "w " * 40 + "</p>", "w " * 31 + "w…", id="long"),
    ],
)
def test_excerpt_is_the_first_words_as_plain_text(html, expected):
    assert notes.excerpt(html) == expected


def test_numbers_are_grouped():
    assert notes.grouped(1_234_567) == "1,234,567"


@pytest.mark.parametrize(
    ("row", "expected"),
    [("a", (None, "b")), ("b", ("a", "c")), ("c", ("b", None)), ("x", (None, None))],
)
def test_neighbours_are_the_rows_beside_it(row, expected):
    assert neighbours(["a", "b", "c"], row) == expected
