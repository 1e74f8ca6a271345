"""A person's desk, the admin's first page: what is on, what waits, and nobody else's drafts."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import Permission

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.desk import desk_of
from recaps.factories import RecapFactory
from recaps.models import WorkingCopy
from recaps.start_texts import start_text
from speakers.factories import SpeakerFactory
from talks.factories import TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db
DAY = dt.date(2031, 5, 6)
# Noon in Lisbon, which is an hour ahead of UTC in May.
NOW = dt.datetime(2031, 5, 6, 11, 0, tzinfo=dt.UTC)
INDEX = "/admin/"


@pytest.fixture
def noon(monkeypatch):
    """The clock stands still, for pages that read it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def note_taker(client, noon):
    """A note-taker who is signed in."""
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)
    return person


@pytest.fixture
def conference():
    """A conference of three days, of which this is the second."""
    days = {"starts_on": DAY - dt.timedelta(days=1), "ends_on": DAY + dt.timedelta(days=1)}
    return ConferenceFactory(title="Harbour Conf", time_zone="Europe/Lisbon", **days)


def talk_at(conference, clock, **fields):
    """A talk of the day, at a time as the clock of Lisbon shows it."""
    hour, minute = (int(part) for part in clock.split(":"))
    starts_at = dt.datetime(2031, 5, 6, hour - 1, minute, tzinfo=dt.UTC)
    return TalkFactory(conference=conference, given_on=DAY, starts_at=starts_at, **fields)


def changed_on(day, **fields):
    """A recap whose text changed on a day of that May."""
    recap = RecapFactory(**fields)
    moment = dt.datetime(2031, 5, day, tzinfo=dt.UTC)
    type(recap).objects.filter(pk=recap.pk).update(updated_at=moment)


def rows_of(response, section):
    """Return the titles of one section's rows."""
    html = response.content.decode()
    start = html.index(f'id="{section}"')
    return texts(html[start : html.index("</section>", start)], class_="desk-title")


def test_the_talks_of_today_come_running_ones_first(client, note_taker, conference, noon):
    hour = dt.timedelta(hours=1)
    talk_at(conference, "10:00", title="Over", duration=hour)
    talk_at(conference, "11:20", title="Over, of no known length")
    running = talk_at(conference, "11:30", title="Running", duration=hour, room="Main hall")
    talk_at(conference, "11:45", title="Running, of no known length")
    talk_at(conference, "12:30", title="Next")
    TalkFactory(conference=conference, given_on=DAY, title="At no known time")
    talk_at(conference, "12:30", title="Cancelled", is_cancelled=True)
    TalkFactory(conference=conference, given_on=DAY + dt.timedelta(days=1), title="Tomorrow")
    TalkFactory(given_on=DAY, title="Of a conference that is not on")
    mine = RecapFactory(talk=running, author=note_taker, draft=True)

    page = client.get(INDEX)

    assert rows_of(page, f"desk-today-{conference.pk}") == [
        "Running",
        "Running, of no known length",
        "Next",
        "At no known time",
        "Over",
        "Over, of no known length",
    ]
    assert texts(page, "h3", inside="desk-today") == ["Now", "To come", "Earlier today"]
    assert "Tuesday, 6 May · times of Europe/Lisbon" in texts(page, "p", inside="desk-today")
    facts = texts(page, "p", inside="desk-running")[0]
    assert facts == "11:30 1 h Main hall"
    assert elements(page, "a", inside="desk-running", class_="desk-do")[0]["href"] == (
        f"/admin/recaps/recap/{mine.pk}/change/"
    )


def test_a_talk_leads_to_the_form_of_its_recap(client, note_taker, conference, noon):
    talk = talk_at(conference, "12:30", title="Next")
    RecapFactory(talk=talk, author=note_taker, draft=True, binned=True)
    RecapFactory(talk=talk)

    page = client.get(INDEX)

    link = elements(page, "a", inside="desk-today", class_="desk-do")[0]
    assert (link["text"], link["href"]) == (
        "Write: Next",
        f"/admin/recaps/recap/add/?talk={talk.pk}",
    )
    assert texts(page, "p", inside="desk-today")[1] == "12:30 1 recap published"


@pytest.mark.parametrize(
    ("moment", "zone", "is_on"),
    [
        pytest.param("2031-05-04T10:30+00:00", "Pacific/Auckland", False, id="evening-before"),
        pytest.param("2031-05-04T12:30+00:00", "Pacific/Auckland", True, id="first-day-there"),
        pytest.param("2031-05-08T06:30+00:00", "America/Los_Angeles", True, id="last-day-there"),
        pytest.param("2031-05-08T07:30+00:00", "America/Los_Angeles", False, id="day-after"),
        pytest.param("2031-05-07T23:30+00:00", "", True, id="the-sites-zone-on"),
        pytest.param("2031-05-08T00:30+00:00", "", False, id="the-sites-zone-over"),
    ],
)
def test_a_conference_is_on_by_its_own_clock(note_taker, conference, moment, zone, is_on):
    type(conference).objects.update(time_zone=zone)

    desk = desk_of(note_taker, now=dt.datetime.fromisoformat(moment))

    assert [today.conference for today in desk.today] == [conference] * is_on


def test_a_conference_without_days_or_with_guessed_ones_is_not_on(note_taker):
    ConferenceFactory(undated=True)
    ConferenceFactory(starts_on=DAY, ends_on=DAY, dates_estimated=True)
    one_day = ConferenceFactory(starts_on=DAY, ends_on=None)

    desk = desk_of(note_taker, now=NOW)

    assert [today.conference for today in desk.today] == [one_day]
    assert one_day.is_on_at(NOW)
    assert not ConferenceFactory(undated=True).is_on_at(NOW)


def test_of_several_conferences_the_one_with_own_notes_comes_first(note_taker, conference):
    days = {"starts_on": DAY, "ends_on": DAY}
    others = [ConferenceFactory(**days) for _ in range(3)]
    talks = [talk_at(one, "12:00") for one in [*others, conference]]
    RecapFactory(author=note_taker, talk=talks[-1], draft=True)

    desk = desk_of(note_taker, now=NOW)

    listed = [(today.conference, today.running) for today in desk.today]
    assert listed == [
        (conference, [talks[-1]]),
        (others[0], [talks[0]]),
        (others[1], [talks[1]]),
    ]
    assert desk.conference == conference


def test_drafts_stand_with_their_states_the_last_changed_first(client, note_taker, noon):
    by = {"author": note_taker}
    changed_on(1, title="Scheduled one", scheduled=True, **by)
    changed_on(3, title="Begun", draft=True, **by)
    changed_on(2, title="Handed in", draft=True, submitted_at=NOW, **by)
    changed_on(4, title="Published long ago", **by)
    changed_on(4, title="Thrown away", draft=True, binned=True, **by)

    page = client.get(INDEX)

    assert rows_of(page, "desk-drafts") == ["Begun", "Handed in", "Scheduled one"]
    assert texts(page, class_="desk-state") == [
        "Draft",
        "Submitted",
        "Appears 1 January 2199, 00:00",
    ]


@pytest.mark.parametrize("role", ["Note-takers", "Curators", None])
def test_nobody_elses_unpublished_recaps_are_shown(client, role, conference, noon):
    person = UserFactory(staff=True, role=role)
    client.force_login(person)
    talk = talk_at(conference, "12:00", title="A talk")
    body = "- [ ] a secret plan"
    RecapFactory(title="Secret draft", talk=talk, draft=True, body=body)
    RecapFactory(title="Secret date", talk=talk, scheduled=True)
    RecapFactory(title="Secret bin", talk=talk, binned=True)
    RecapFactory(title="Handed in", talk=talk, draft=True, submitted_at=NOW)

    text = client.get(INDEX).content.decode()

    words = ["Secret", "secret", "recap published", "Handed in"]
    shown = [word for word in words if word in text]
    assert shown == (["Handed in"] if role == "Curators" else [])


def test_who_has_no_rights_on_recaps_has_no_desk(client, conference, noon):
    RecapFactory(title="Public")
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk"]))

    page = client.get(INDEX)

    assert texts(page, "h2", class_="desk-title") == []
    assert [text for text in ("desk", "Public", "Harbour") if text in page.content.decode()] == []
    assert texts(page, "h1") == ["Curate and write"]


def test_who_may_only_look_is_offered_nothing_to_write(client, conference, noon):
    person = UserFactory(staff=True, permissions=["recaps.view_recap"])
    client.force_login(person)
    talk_at(conference, "12:00", title="A talk")

    page = client.get(INDEX)

    assert rows_of(page, f"desk-today-{conference.pk}") == ["A talk"]
    assert [link for link in targets(page) if "/add/" in link] == []


def test_submitted_recaps_wait_in_the_order_they_came(client, noon):
    client.force_login(UserFactory(staff=True, role="Curators"))
    for day in (2, 1):
        moment = dt.datetime(2031, 5, day, tzinfo=dt.UTC)
        RecapFactory(title=f"Of day {day}", draft=True, submitted_at=moment)

    page = client.get(INDEX)

    assert rows_of(page, "desk-submitted") == ["Of day 1", "Of day 2"]


def test_talks_without_my_notes_are_of_the_conference_written_about_last(client, note_taker, noon):
    older, newer = ConferenceFactory(title="Older"), ConferenceFactory(title="Newer")
    changed_on(1, author=note_taker, conference=older, talk=None, draft=True)
    written = TalkFactory(conference=newer, title="Written about")
    changed_on(2, author=note_taker, talk=written)
    others = TalkFactory(conference=newer, title="Written about by another")
    RecapFactory(talk=others)
    TalkFactory(conference=newer, title="Cancelled", is_cancelled=True)
    TalkFactory(conference=newer, title="Undated", undated=True)
    TalkFactory(conference=older, title="Of the older one")

    page, chosen = client.get(INDEX), client.get(INDEX, {"conference": older.pk})

    assert rows_of(page, "desk-waiting") == ["Written about by another", "Undated"]
    assert rows_of(chosen, "desk-waiting") == ["Of the older one"]
    assert texts(page, "a", inside="desk-choice") == ["Newer", "Older"]
    assert texts(chosen, "a", inside="desk-choice", **{"aria-current": "true"}) == ["Older"]


def test_any_conference_can_be_chosen_and_odd_ones_choose_none(note_taker):
    conference = ConferenceFactory()

    def chosen(text):
        return desk_of(note_taker, now=NOW, chosen=text).conference

    assert chosen(str(conference.pk)) == conference
    odd = ["", "x", "٣", "0", "9" * 30, "-1"]
    assert [chosen(text) for text in odd] == [None] * len(odd)


def test_todays_talks_do_not_stand_a_second_time(client, note_taker, conference, noon):
    talk_at(conference, "12:00", title="Today")
    yesterday = TalkFactory(
        conference=conference, given_on=DAY - dt.timedelta(days=1), title="Yesterday"
    )

    before = client.get(INDEX)
    RecapFactory(talk=yesterday, author=note_taker, draft=True)
    after = client.get(INDEX)

    assert rows_of(before, "desk-waiting") == ["Yesterday"]
    assert rows_of(after, "desk-waiting") == []
    said = "Apart from today’s, you have notes on every talk of Harbour Conf."
    assert said in after.content.decode()


def test_follow_ups_are_my_own_open_ones(client, note_taker, noon):
    RecapFactory(author=note_taker, title="A recap", body="- [ ] first\n- [x] done\n- [ ] second")
    RecapFactory(body="- [ ] of another")
    RecapFactory(author=note_taker, binned=True, body="- [ ] thrown away")

    page = client.get(INDEX)

    html = page.content.decode()
    section = html[html.index('id="desk-follow-ups"') : html.index('id="desk-published"')]
    assert texts(section, "bdi") == ["first", "A recap", "second", "A recap"]


def test_what_was_published_last_says_who_wrote_it(client, note_taker, noon):
    author = UserFactory(public_name="Ada")
    for day in (1, 2):
        moment = dt.datetime(2031, 5, day, tzinfo=dt.UTC)
        RecapFactory(title=f"Day {day}", author=author, published_at=moment)

    page = client.get(INDEX)

    assert rows_of(page, "desk-published") == ["Day 2", "Day 1"]
    assert "/recaps/day-2/" in targets(page)
    assert "Ada 2 May 2031" in texts(page, "p", class_="desk-facts")


def test_an_empty_desk_says_how_to_begin(client, note_taker, noon):
    page = client.get(INDEX)

    sections = texts(page, "h2", inside="desk-main") + texts(page, "h2", inside="desk-side")
    assert sections == ["My drafts", "Talks without my notes", "My follow-ups", "Published last"]
    assert len(texts(page, "p", class_="desk-note")) == 4
    assert targets(page, inside="desk-main") == [
        "/admin/recaps/recap/add/",
        "/admin/talks/talk/?without=mine",
    ]
    assert client.get("/admin/talks/talk/?without=mine").status_code == 200


def test_a_day_without_talks_says_so(client, note_taker, conference, noon):
    page = client.get(INDEX)

    add = f"/admin/recaps/recap/add/?conference={conference.pk}"
    assert targets(page, inside="desk-today") == [add]


def test_long_lists_end_and_lead_to_the_whole(client, noon):
    curator = UserFactory(staff=True, role="Curators")
    client.force_login(curator)
    conference = ConferenceFactory()
    TalkFactory.create_batch(13, conference=conference)
    for _ in range(11):
        talk = TalkFactory(conference=conference)
        RecapFactory(author=curator, talk=talk, draft=True, submitted_at=NOW)

    page = client.get(INDEX)

    sections = ("desk-submitted", "desk-drafts", "desk-waiting")
    assert [len(rows_of(page, section)) for section in sections] == [10, 10, 12]
    assert targets(page, inside="desk-more")[0] == "/admin/recaps/recap/?state=submitted"
    more = [
        f"/admin/recaps/recap/?author__id__exact={curator.pk}",
        f"/admin/talks/talk/?conference__id__exact={conference.pk}&without=mine",
    ]
    assert [link for link in targets(page) if link in more] == more
    assert len(client.get(more[0]).context_data["cl"].result_list) == 11
    assert len(client.get(more[1]).context_data["cl"].result_list) == 13


def typed_by(person, recap=None, **typed):
    """What a person typed and did not save."""
    return WorkingCopy.objects.create(
        sitting=uuid.uuid4(), author=person, recap=recap, typed=typed, step=1
    )


def test_what_was_typed_and_not_saved_comes_first(client, note_taker):
    talk = TalkFactory(title="Tests that tell you why")
    recap = RecapFactory(author=note_taker, title="Harbour notes", body="Saved.", draft=True)
    start = start_text("talk")
    typed_by(note_taker, recap, body="Saved.")  # as it is saved
    typed_by(note_taker, talk=str(talk.pk), body=start)  # nothing but what it began with
    typed_by(UserFactory(), body="Of a stranger.")
    typed_by(note_taker, recap, body="Saved. And typed.")
    typed_by(note_taker, talk=str(talk.pk), body=f"{start} And typed.")

    page = client.get(INDEX)

    assert rows_of(page, "desk-unsaved") == ["Tests that tell you why", "Harbour notes"]
    assert "stranger" not in page.content.decode()


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_desk_asks_the_same_few_questions(
    client, conference, noon, row_count, django_assert_num_queries
):
    curator = UserFactory(staff=True, role="Curators")
    client.force_login(curator)
    for number in range(row_count):
        talk = talk_at(conference, f"12:{number:02}", speakers=[SpeakerFactory()])
        RecapFactory(author=curator, talk=talk, body="- [ ] try it", draft=True, submitted_at=NOW)
        RecapFactory(talk=talk)
        RecapFactory(author=curator, talk=None, conference=ConferenceFactory(), draft=True)
        TalkFactory(conference=conference, speakers=[SpeakerFactory()])
        typed_by(curator, recap=RecapFactory(author=curator, draft=True), body="Typed.")
        typed_by(curator, body="Of a new one.", talk=str(talk.pk))
    assert Permission.objects.exists()

    # Session, user, two for the rights, 14 for the desk, and the list of recent actions.
    with django_assert_num_queries(19):
        client.get(INDEX)


@pytest.mark.parametrize(
    ("is_on", "others", "said"),
    [
        pytest.param(False, [], "The programme of Harbour Conf names no talk.", id="no-talk"),
        pytest.param(
            False,
            [{"is_cancelled": True}],
            "The programme of Harbour Conf names no talk.",
            id="cancelled-ones",
        ),
        pytest.param(
            True,
            [{"given_on": DAY}],
            "The programme of Harbour Conf names no talk on its other days.",
            id="only-today",
        ),
    ],
)
def test_the_desk_claims_no_notes_that_are_not_there(client, note_taker, noon, is_on, others, said):
    day = DAY if is_on else DAY - dt.timedelta(days=90)
    dates = {"starts_on": day, "ends_on": day}
    conference = ConferenceFactory(title="Harbour Conf", time_zone="Europe/Lisbon", **dates)
    for fields in others:
        TalkFactory(**{"conference": conference, "given_on": day, **fields})
    RecapFactory(talk=None, conference=conference, author=note_taker, draft=True)

    page = client.get(f"{INDEX}?conference={conference.pk}")

    notes = " ".join(texts(page, "p", class_="desk-note"))
    assert said in notes
    assert "you have notes" not in notes.lower()


@pytest.mark.parametrize("body", ["", "start"], ids=["empty", "as-it-began"])
def test_a_recap_in_which_nothing_is_written_is_no_notes(client, note_taker, conference, body):
    tomorrow = DAY + dt.timedelta(days=1)
    talk = TalkFactory(conference=conference, title="Begun", given_on=tomorrow)
    body = start_text("talk") if body else ""
    recap = RecapFactory(talk=talk, author=note_taker, draft=True, body=body, summary="")

    page = client.get(INDEX)

    assert rows_of(page, "desk-waiting") == ["Begun"]
    link = elements(page, "a", class_="desk-do")[0]
    assert link["href"] == f"/admin/recaps/recap/{recap.pk}/change/"
