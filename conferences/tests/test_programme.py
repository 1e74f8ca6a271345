"""A conference's programme as a table of times and rooms, and narrowed to a tag or a room."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import elements, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(title="Conf")


def at(hour, minute=0, *, minutes=None, **fields):
    return TalkFactory(
        starts_at=dt.datetime(2017, 4, 3, hour, minute, tzinfo=dt.UTC),
        duration=dt.timedelta(minutes=minutes) if minutes else None,
        **fields,
    )


def table(response):
    """Return the table's lines: the time, then each cell's text with the lines it goes over."""
    rows = response.content.decode().split("<tr>")[1:]
    lines = []
    for row in [row for row in rows if "<td" in row and "day-grid" not in row]:
        # Outside a table a parser of HTML leaves cells out.
        line = f"<table><tr>{row}"
        cells = elements(line, "td")
        told = [(cell["text"], int(cell.get("rowspan", 1))) for cell in cells]
        lines.append((texts(line, "th")[0], *told))
    return lines


def test_a_day_with_times_and_rooms_is_a_table_of_them(client, conference):
    at(9, title="Opening", room="Hall", minutes=60, conference=conference)
    at(10, title="Long", room="Hall", minutes=90, conference=conference)
    at(10, title="Short", room="Attic", minutes=30, conference=conference)
    at(10, 30, title="Next", room="Attic", minutes=30, conference=conference, kind="panel")
    at(12, title="Last", room="Attic", conference=conference)

    response = client.get("/conferences/conf/")

    assert texts(response, "th", inside="day-grid")[:3] == ["Time", "Attic", "Hall"]
    assert table(response) == [
        ("09:00", ("", 1), ("Opening Hall 1 h", 1)),
        ("10:00", ("Short Attic 30 min", 1), ("Long Hall 1 h 30 min", 2)),
        ("10:30", ("Next Panel Attic 30 min", 1)),
        ("12:00", ("Last Attic", 1), ("", 1)),
    ]


def test_talks_that_overlap_in_a_room_each_keep_their_own_time(client, conference):
    at(9, title="Too long", room="Hall", minutes=180, conference=conference)
    at(10, title="Beside it", room="Hall", conference=conference)
    at(10, title="At the same time", room="Hall", conference=conference)
    at(10, title="Elsewhere", room="Attic", conference=conference)

    assert table(client.get("/conferences/conf/")) == [
        ("09:00", ("", 1), ("Too long Hall 3 h", 1)),
        ("10:00", ("Elsewhere Attic", 1), ("Beside it Hall At the same time Hall", 1)),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"starts_at": None, "room": "Attic"}, id="a-time-is-unknown"),
        pytest.param({"room": ""}, id="a-room-is-unknown"),
        pytest.param({"room": "Hall"}, id="one-room"),
    ],
)
def test_a_day_that_makes_no_table_is_a_list(client, conference, fields):
    at(9, title="First", room="Hall", conference=conference)
    second = {"starts_at": dt.datetime(2017, 4, 3, 10, tzinfo=dt.UTC), **fields}
    TalkFactory(title="Second", conference=conference, **second)

    response = client.get("/conferences/conf/")

    assert elements(response, "table", class_="day-grid") == []
    assert len(texts(response, "li", class_="session")) == 2


def test_a_day_in_very_many_rooms_is_a_list(client, conference):
    for number in range(9):
        at(9, room=f"Room {number}", conference=conference)

    assert elements(client.get("/conferences/conf/"), "table", class_="day-grid") == []


# Narrowed


def narrowed(client, query):
    response = client.get(f"/conferences/conf/?{query}")
    return texts(response, class_="session-title")


@pytest.fixture
def programme(conference):
    web, data = TagFactory(name="web"), TagFactory(name="data")
    at(9, title="A", room="Hall", conference=conference, tags=[web])
    at(10, title="B", room="Attic", conference=conference, tags=[web, data])
    covered = at(11, title="C", room="Attic", conference=conference)
    RecapFactory(talk=covered, title="What C said")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag=web", ["A", "B"]),
        ("room=Attic", ["B", "C"]),
        ("tag=web&room=Attic", ["B"]),
        ("tag=data&room=Hall", []),
        ("tag=&room=", ["A", "B", "C"]),
    ],
)
def test_the_programme_can_be_narrowed_to_a_tag_and_a_room(client, programme, query, expected):
    assert narrowed(client, query) == expected


def test_a_narrowed_page_remembers_the_choice_keeps_the_recaps_and_is_not_indexed(
    client, programme
):
    response = client.get("/conferences/conf/?tag=web&room=Attic")

    chosen = [each["text"] for each in elements(response, "option") if "selected" in each]
    assert chosen == ["web", "Attic"]
    assert elements(response, "meta", name="robots") != []
    assert "What C said" in response.content.decode()
    assert elements(client.get("/conferences/conf/"), "meta", name="robots") == []


@pytest.mark.parametrize("query", ["tag=testing", "tag=a%20b", "room=Cellar", "tag=web&room=x"])
def test_what_no_talk_has_is_not_found(client, programme, query):
    TalkFactory(tags=[TagFactory(name="testing")], room="Cellar")

    assert client.get(f"/conferences/conf/?{query}").status_code == 404


def test_a_programme_without_tags_and_rooms_has_nothing_to_choose(client, conference):
    TalkFactory(conference=conference)

    assert elements(client.get("/conferences/conf/"), "select") == []


@pytest.mark.parametrize("estimated", [True, False])
def test_a_long_list_without_days_is_from_a_to_z(client, estimated):
    conference = ConferenceFactory(title="Conf", dates_estimated=estimated)
    day = dt.date(2017, 4, 3) if estimated else None
    titles = [f"{letter}{n:02}" for letter in ("Zebra ", "ähnlich ") for n in range(20)]
    for title in [*titles, "«Quoted»"]:
        TalkFactory(conference=conference, title=title, given_on=day)

    response = client.get("/conferences/conf/")

    assert texts(response, "h3", inside="under-letter") == ["A", "Q", "Z"]
    assert texts(response, "a", inside="session")[0] == "ähnlich 00"
    assert len(texts(response, class_="session")) == 41
    places = [
        link["href"].removeprefix("#") for link in elements(response, "a", inside="jump-list")
    ]
    assert all(f'id="{place}"' in response.content.decode() for place in places)


def test_a_short_list_and_a_long_day_keep_their_order(client, conference):
    for number in range(41):
        TalkFactory(conference=conference, title=f"{'ZA'[number % 2]}{number}")
    TalkFactory(conference=conference, title="Any day", given_on=None)

    response = client.get("/conferences/conf/")

    assert texts(response, class_="under-letter") == []
    assert texts(response, "a", inside="session")[:2] == ["Z0", "A1"]
