"""One topic over the years, and two topics together."""

import datetime as dt

import pytest
from django.db import OperationalError, connection, transaction

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks import overview
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import TaggedTalk, Talk
from talks.tagging.verbs import add_tags
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


def given(year, **fields):
    return TalkFactory(given_on=dt.date(year, 5, 1), **fields)


def table(response):
    """Return the rows of the table beside the picture."""
    cells = texts(response, inside="tallies", tag="th")[3:], texts(response, "td", inside="tallies")
    years, numbers = cells
    return [(year, *numbers[2 * place : 2 * place + 2]) for place, year in enumerate(years)]


def recap_in(year, **fields):
    return RecapFactory(published_at=dt.datetime(year, 6, 1, tzinfo=dt.UTC), **fields)


# The years


def test_a_topic_counts_talks_and_recaps_per_year_without_what_is_not_public(client):
    tag = TagFactory(name="testing")
    conference = ConferenceFactory()
    talk = given(2015, tags=[tag])
    given(2015, tags=[tag])
    given(2018, tags=[tag])
    given(2016, tags=[TagFactory()])
    TalkFactory(undated=True, tags=[tag])
    recap_in(2016, talk=talk)
    recap_in(2019, talk=None, conference=conference, tags=[tag])
    recap_in(2018, talk=talk, binned=True)
    RecapFactory(talk=talk, draft=True)
    RecapFactory(talk=talk, scheduled=True)
    RecapFactory(talk=None, conference=conference, tags=[tag], draft=True)

    response = client.get("/tags/testing/")

    assert table(response) == [
        ("2019", "0", "1"),
        ("2018", "1", "0"),
        ("2016", "0", "1"),
        ("2015", "2", "0"),
    ]
    assert texts(response, "svg")[0].startswith(
        "Talks and recaps per year, 2015 to 2019"
        " 2015: 2 talks. 2016: 0 talks, 1 recap. 2018: 1 talk. 2019: 0 talks, 1 recap."
    )
    bars = [bar["class"] for bar in elements(response, "rect")]
    assert sorted(bars) == ["chart-recaps"] * 2 + ["chart-talks"] * 2
    assert texts(response, class_="figures") == ["4 talks 4 conferences 2015–2018"]


def test_the_years_lead_into_the_list(client):
    tag = TagFactory(name="testing")
    given(2018, title="Later", tags=[tag])
    given(2015, title="Early", tags=[tag])

    (_later, early) = targets(client.get("/tags/testing/"), inside="tallies")
    response = client.get(f"/tags/testing/{early}")

    assert [talk.title for talk in response.context["page"]] == ["Early"]


def test_a_topic_of_one_year_has_no_picture(client):
    given(2015, tags=[TagFactory(name="testing")])

    assert elements(client.get("/tags/testing/"), "svg") == []


def test_talks_stand_under_their_conference_within_a_year(client):
    tag = TagFactory(name="testing")
    first, second = ConferenceFactory(title="First Conf"), ConferenceFactory(title="Second Conf")
    for title, day, conference in [("A", 3, first), ("B", 4, second), ("C", 5, first)]:
        given_on = dt.date(2017, 4, day)
        TalkFactory(title=title, given_on=given_on, conference=conference, tags=[tag])

    response = client.get("/tags/testing/")

    assert texts(response, "h3") == ["2017"]
    assert texts(response, "h4") == ["First Conf", "Second Conf"]
    assert texts(response, "h5") == ["C", "A", "B"]


# Who, and what else


def test_a_topic_names_who_speaks_about_it_most_and_what_else_its_talks_are_about(client):
    tag, web, rare = (TagFactory(name=name) for name in ("testing", "web", "rare"))
    ada, bo = SpeakerFactory(name="Ada"), SpeakerFactory(name="Bo")
    given(2015, tags=[tag, web], speakers=[ada, bo])
    given(2016, tags=[tag, web, rare], speakers=[bo])
    given(2016, tags=[web], speakers=[ada])
    given(2017, tags=[web], speakers=[ada])

    response = client.get("/tags/testing/")

    assert texts(response, "li", inside="named") == [
        "Bo 2 talks",
        "Ada 1 talk",
        "web 2 talks with both",
        "rare 1 talk with both",
    ]
    assert targets(response, inside="named") == [
        "/speakers/bo/",
        "/speakers/ada/",
        "/tags/web/",
        "/tags/testing+web/",
        "/tags/rare/",
        "/tags/rare+testing/",
    ]


def test_of_a_big_topic_only_the_newest_talks_tell_who_and_what_else(client, monkeypatch):
    monkeypatch.setattr(overview, "NEWEST", 1)
    tag = TagFactory(name="testing")
    given(2015, tags=[tag, TagFactory(name="old")])
    given(2016, tags=[tag, TagFactory(name="new")], speakers=[SpeakerFactory(name="Ada")])

    response = client.get("/tags/testing/")

    assert texts(response, "li", inside="named") == ["Ada 1 talk", "new 1 talk with both"]
    assert texts(response, class_="figures") == ["2 talks 2015–2016"]
    assert "Counted among" in response.content.decode()


# Two together


def test_two_topics_have_a_page_together(client):
    web, testing = TagFactory(name="web"), TagFactory(name="testing")
    both = given(2015, title="Both", tags=[web, testing], speakers=[SpeakerFactory(name="Ada")])
    given(2016, title="Both again", tags=[web, testing, TagFactory(name="third")])
    given(2017, title="One", tags=[web])
    given(2017, title="Other", tags=[testing])
    conference = ConferenceFactory()
    RecapFactory(talk=both, title="Of both")
    RecapFactory(talk=both, title="Secret", draft=True)
    RecapFactory(talk=None, conference=conference, title="Of a conference", tags=[web, testing])
    RecapFactory(talk=None, conference=conference, title="Of one", tags=[web])

    response = client.get("/tags/testing+web/")

    assert texts(response, "h1") == ["testing + web"]
    assert texts(response, "h5") == ["Both again", "Both"]
    assert texts(response, class_="figures") == ["2 talks 2 conferences 2015–2016"]
    assert texts(response, "li", inside="named") == ["Ada 1 talk", "third 1"]
    recaps = response.context["recaps"]
    assert [recap.title for recap in recaps] == ["Of a conference", "Of both"]
    assert response.context["overview"].recap_count == 2


def test_two_topics_without_a_talk_together_say_so_and_are_not_indexed(client):
    TalkFactory(tags=[TagFactory(name="a")]), TalkFactory(tags=[TagFactory(name="b")])

    response = client.get("/tags/a+b/")

    assert texts(response, "p", inside="empty-note") == ["No talk has both tags."]
    assert elements(response, "meta", name="robots") != []


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        pytest.param("/tags/web+testing/", "/tags/testing+web/", id="order"),
        pytest.param("/tags/www+testing/", "/tags/testing+web/", id="alias-and-order"),
        pytest.param("/tags/testing+www/", "/tags/testing+web/", id="alias"),
        pytest.param("/tags/web+web/", "/tags/web/", id="twice"),
        pytest.param("/tags/web+www/", "/tags/web/", id="twice-by-alias"),
    ],
)
def test_each_pair_has_one_address_that_others_lead_to_in_one_step(client, address, leads_to):
    web = TagFactory(name="web")
    TalkFactory(tags=[TagFactory(name="testing"), web])
    TagAliasFactory(tag=web, name="www", slug="www")

    response = client.get(address)

    assert (response.status_code, response.headers["Location"]) == (301, leads_to)
    assert client.get(leads_to).status_code == 200


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/tags/testing+none/", "There is no tag “none”."),
        ("/tags/none+nothing/", "There is no tag “none”, “nothing”."),
        ("/tags/none+none/", "There is no tag “none”."),
    ],
)
def test_unknown_tags_of_a_pair_are_named(client, address, named):
    TalkFactory(tags=[TagFactory(name="testing")])

    response = client.get(address)

    assert response.status_code == 404
    assert named in response.content.decode()


@pytest.mark.parametrize("address", ["/tags/+/", "/tags/none+/", "/tags/a+b+c/"])
def test_what_is_no_pair_is_not_found(client, address):
    for name in ("testing", "a", "b", "c"):
        TagFactory(name=name)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("talk_count", [1, 3])
def test_two_topics_run_nine_queries(client, django_assert_num_queries, talk_count):
    tags = [TagFactory(name="a"), TagFactory(name="b")]
    for _ in range(talk_count):
        talk = TalkFactory(tags=[*tags, TagFactory()], speakers=[SpeakerFactory()])
        RecapFactory(talk=talk)

    with django_assert_num_queries(9):
        response = client.get("/tags/a+b/")

    assert len(response.context["page"]) == talk_count


# The day beside each tag


def days():
    rows = TaggedTalk.objects.order_by("content_object", "tag")
    return [str(day) for day in rows.values_list("sort_date", flat=True)]


def test_each_tag_carries_the_day_of_its_talk_by_whatever_way_it_comes():
    tag = TagFactory()
    dated, undated = given(2015), TalkFactory(undated=True)
    add_tags(Talk.objects.all(), [tag], by=None)
    dated.tags.add("one more")

    assert days() == ["2015-05-01", "2015-05-01", "0001-01-01"]

    Talk.objects.filter(pk=undated.pk).update(given_on=dt.date(2016, 1, 1))
    dated.given_on = None
    dated.save()

    assert days() == ["0001-01-01", "0001-01-01", "2016-01-01"]


def test_the_day_follows_where_a_tag_is_moved_and_cannot_be_written():
    early, late = given(2015, tags=[TagFactory()]), given(2016)
    TaggedTalk.objects.update(sort_date=dt.date(1999, 1, 1))

    assert days() == ["2015-05-01"]

    TaggedTalk.objects.filter(content_object=early).update(content_object=late)

    assert days() == ["2016-05-01"]


@pytest.mark.django_db(transaction=True)
def test_a_tag_waits_for_a_day_that_is_being_changed():
    talk, tag = given(2015), TagFactory()
    other = connection.copy()

    with transaction.atomic(), other.cursor() as cursor:
        Talk.objects.update(given_on=dt.date(2016, 5, 1))
        cursor.execute("SET lock_timeout = '1ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            cursor.execute(
                "INSERT INTO talks_taggedtalk (tag_id, content_object_id) VALUES (%s, %s)",
                [tag.pk, talk.pk],
            )
    other.close()
