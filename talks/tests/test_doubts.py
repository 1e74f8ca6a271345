"""What looks wrong about when things are given: said after saving and by imports, never refused."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from talks.doubts import doubts_about
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.admin_form import save

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts):
    return dt.datetime(*parts, tzinfo=BERLIN)


def conference(first="2026-05-04", last="2026-05-06", **fields):
    return ConferenceFactory(
        time_zone="Europe/Berlin",
        starts_on=first and dt.date.fromisoformat(first),
        ends_on=last and dt.date.fromisoformat(last),
        **fields,
    )


def said_after(client, address, **changes):
    """Save a form; return what the next page warns of."""
    response = save(client, address, **changes)
    assert response.status_code == 302
    page = client.get(response["Location"])
    return [str(each) for each in page.context["messages"] if each.level_tag == "warning"]


NONE_OF_ITS = "The talk's day, {}, is none of its conference's: 4 May 2026 to 6 May 2026."
BEGINS = "The talk begins on {}, but its day in the programme is 5 May 2026."


@pytest.mark.parametrize(
    ("day", "start", "said"),
    [
        ("2026-05-05", at(2026, 5, 5, 10), []),
        ("2026-05-05", at(2026, 5, 6, 1, 30), []),
        ("2026-05-05", None, []),
        (None, None, []),
        ("2062-05-02", None, [NONE_OF_ITS.format("2 May 2062")]),
        ("2026-05-07", None, [NONE_OF_ITS.format("7 May 2026")]),
        ("2026-05-03", None, [NONE_OF_ITS.format("3 May 2026")]),
        ("2026-05-05", at(2026, 5, 7, 10), [BEGINS.format("7 May 2026, 10:00")]),
        ("2026-05-05", at(2026, 5, 6, 12), [BEGINS.format("6 May 2026, 12:00")]),
        ("2026-05-05", at(2026, 5, 4, 23, 59), [BEGINS.format("4 May 2026, 23:59")]),
    ],
)
def test_a_talk_that_is_given_at_an_odd_time_is_saved_with_a_warning(
    admin_client, day, start, said
):
    talk = TalkFactory(
        conference=conference(), given_on=day and dt.date.fromisoformat(day), starts_at=start
    )

    assert said_after(admin_client, f"/admin/talks/talk/{talk.pk}/change/", room="Attic") == said
    assert Talk.objects.get().room == "Attic"


@pytest.mark.parametrize(
    ("first", "last", "estimated", "day", "is_doubted"),
    [
        (None, None, False, "2062-05-02", False),
        ("2026-05-04", None, False, "2026-05-17", False),
        ("2026-05-04", None, False, "2026-05-19", True),
        ("2026-05-04", "2026-05-04", True, "2026-12-24", False),
        ("2026-05-04", "2026-05-04", True, "2027-12-24", True),
        ("2200-12-30", None, False, "1900-01-01", True),
        ("1900-01-01", None, True, "2200-12-31", True),
    ],
)
def test_days_that_nobody_knows_for_certain_are_doubted_less(
    first, last, estimated, day, is_doubted
):
    held = conference(first, last, dates_estimated=estimated)
    talk = TalkFactory(conference=held, given_on=dt.date.fromisoformat(day))

    assert bool(doubts_about(talk)) is is_doubted


def test_other_days_of_a_conference_name_the_talks_on_none_of_them(admin_client):
    held = conference()
    for day in (4, 5, 6):
        TalkFactory(conference=held, title=f"Day {day}", given_on=dt.date(2026, 5, day))
    page = f"/admin/conferences/conference/{held.pk}/change/"

    said = said_after(admin_client, page, starts_on="2027-05-04", ends_on="2027-05-06")
    days = "4 May 2027 to 6 May 2027"
    too_long = said_after(admin_client, page, starts_on="2026-05-04", ends_on="2062-05-06")

    assert said == [
        f"3 talks are on none of the days, {days}. The first is “Day 4”, on 4 May 2026."
    ]
    assert too_long == ["The conference lasts longer than a year: 4 May 2026 to 6 May 2062."]


@pytest.mark.parametrize("of_talk", [True, False])
def test_a_recap_published_before_what_it_is_about(admin_client, of_talk):
    held = conference()
    talk = TalkFactory(conference=held, given_on=dt.date(2026, 5, 5))
    recap = RecapFactory(talk=talk) if of_talk else RecapFactory(talk=None, conference=held)
    page = f"/admin/recaps/recap/{recap.pk}/change/"

    said = said_after(admin_client, page, published_at_0="2016-05-05", published_at_1="10:00")
    nothing = said_after(admin_client, page, published_at_0="2026-05-05", published_at_1="10:00")

    day = "5 May 2026" if of_talk else "4 May 2026"
    assert said == [f"The recap is published on 5 May 2016, before what it is about: {day}."]
    assert nothing == []


def test_a_new_talk_is_doubted_too(admin_client):
    held = conference()

    said = said_after(
        admin_client,
        "/admin/talks/talk/add/",
        title="T",
        conference=held.pk,
        given_on="2062-05-02",
    )

    assert said == [NONE_OF_ITS.format("2 May 2062")]
