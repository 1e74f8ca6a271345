"""The index of tags, and one topic's page."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag, TaggedTalk, Talk
from tests.tools.pages import texts

pytestmark = pytest.mark.django_db


def _index(client):
    index = client.get("/tags/").context["index"]
    return [(under.letter, [tag.name for tag in under.tags]) for under in index.letters]


def _titles(response):
    return [talk.title for talk in response.context["page"]]


def test_tags_stand_from_a_to_z_however_they_are_written(client):
    names = ["testing", "API", "apis", "Ärger", "404", "漢字", ".NET"]
    TalkFactory(tags=[TagFactory(name=name, slug=f"t{n}") for n, name in enumerate(names)])

    assert _index(client) == [
        ("#", ["404"]),
        ("A", ["API", "apis", "Ärger"]),
        ("N", [".NET"]),
        ("T", ["testing"]),
        ("漢", ["漢字"]),
    ]


def test_the_most_used_tags_come_first_with_their_counts(client):
    rare, common = TagFactory(name="rare"), TagFactory(name="common")
    TalkFactory(tags=[rare, common])
    TalkFactory(tags=[common])

    most_used = client.get("/tags/").context["index"].most_used

    assert [(tag.name, tag.talk_count) for tag in most_used] == [("common", 2), ("rare", 1)]


def test_tags_that_readers_find_nothing_under_are_not_listed(client):
    conference = ConferenceFactory()
    TagFactory(name="unused")
    public, secret, later = (TagFactory(name=name) for name in ("public", "secret", "later"))
    RecapFactory(conference=conference, talk=None, tags=[public])
    RecapFactory(conference=conference, talk=None, tags=[secret], draft=True)
    RecapFactory(conference=conference, talk=None, tags=[later], scheduled=True)

    assert _index(client) == [("P", ["public"])]


def test_the_index_by_use_has_all_tags_the_most_used_first(client):
    tags = {name: TagFactory(name=name) for name in ("b", "a", "common")}
    TalkFactory(tags=tags.values())
    TalkFactory(tags=[tags["common"]])

    response = client.get("/tags/?by=use")

    assert texts(response, "li", inside="columns") == ["common 2 talks", "a 1 talk", "b 1 talk"]
    assert texts(response, "a", **{"aria-current": "page"}) == ["Tags", "By use"]


def test_an_empty_index_says_so(client):
    response = client.get("/tags/")

    assert response.status_code == 200
    assert "There are no tags yet." in response.content.decode()


def test_a_topic_has_its_talks_the_newest_first_by_year(client):
    tag = TagFactory(name="testing")
    conference = ConferenceFactory()
    TalkFactory(title="Undated", undated=True, tags=[tag], conference=conference)
    TalkFactory(title="Old", given_on=dt.date(2015, 1, 1), tags=[tag], conference=conference)
    TalkFactory(title="Recent", given_on=dt.date(2017, 4, 3), tags=[tag], conference=conference)
    TalkFactory(title="Other", tags=[TagFactory()], conference=conference)

    response = client.get("/tags/testing/")

    assert _titles(response) == ["Recent", "Old", "Undated"]
    html = response.content.decode()
    assert [html.count(said) for said in ("2015–2017", "No date", "Other")] == [1, 1, 0]
    assert texts(response, "dd", inside="facts") == ["1 January 2015", "3 April 2017"]


def test_a_topic_names_its_synonyms(client):
    tag = TagFactory(name="javascript")
    TalkFactory(tags=[tag])
    TagAliasFactory(tag=tag, name="ECMAScript")

    assert client.get("/tags/javascript/").content.decode().count("ECMAScript") == 1


def test_a_topic_has_the_published_recaps_of_its_talks_and_of_conferences(client):
    tag = TagFactory(name="testing")
    tagged = TalkFactory(tags=[tag])
    of_conference = {"conference": ConferenceFactory(), "talk": None, "tags": [tag]}
    RecapFactory(talk=tagged, title="Of a talk")
    RecapFactory(**of_conference, title="Of a conference")
    RecapFactory(talk=tagged, title="Secret draft", draft=True)
    RecapFactory(**of_conference, title="Secret plan", scheduled=True)
    RecapFactory(title="Unrelated")

    response = client.get("/tags/testing/")

    shown = [recap.title for recap in response.context["recaps"]]
    assert shown == ["Of a conference", "Of a talk"]
    assert "Secret" not in response.content.decode()


def test_a_recap_with_the_tag_twice_is_listed_once(client):
    tag = TagFactory(name="testing")
    RecapFactory(talk=TalkFactory(tags=[tag]), tags=[tag], title="Once")

    recaps = client.get("/tags/testing/").context["recaps"]

    assert [recap.title for recap in recaps] == ["Once"]


def test_walking_all_pages_meets_every_talk_once(client):
    tag, conference = TagFactory(name="testing"), ConferenceFactory()
    talks = Talk.objects.bulk_create(
        Talk(
            conference=conference,
            title=f"Talk {n}",
            slug=f"t{n}",
            given_on=dt.date(2017, 1, 1 + n % 5) if n % 4 else None,
        )
        for n in range(120)
    )
    TaggedTalk.objects.bulk_create(TaggedTalk(tag=tag, content_object=talk) for talk in talks)
    address, met = "/tags/testing/", []

    while address:
        page = client.get(address).context["page"]
        met += [talk.pk for talk in page]
        address = page.older_url
        # A talk that is given later comes in before the pages still to come.
        TalkFactory(conference=conference, given_on=dt.date(2020, 1, 1), tags=[tag])

    in_order = Talk.objects.filter(slug__regex="^t[0-9]+$").newest_first()
    assert met == list(in_order.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("kept", "address"),
    [
        pytest.param({"slug": "js"}, "/tags/js/", id="old-address"),
        pytest.param(
            {"slug": "ecmascript", "name": "ECMAScript"}, "/tags/ecmascript/", id="synonym"
        ),
    ],
)
def test_an_old_address_leads_to_the_tag(client, kept, address):
    alias = TagAliasFactory(tag__name="javascript", **kept)
    TalkFactory(tags=[alias.tag])

    response = client.get(address)

    assert (response.status_code, response.headers["Location"]) == (301, "/tags/javascript/")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("C++", "/tags/cpp/"),
        ("C#", "/tags/csharp/"),
        (".NET", "/tags/dotnet/"),
        ("🐍", "/tags/snake/"),
    ],
)
def test_every_tag_has_an_address(client, name, address):
    TalkFactory(tags=Tag.objects.resolve([name]).tags())

    assert client.get(address).context["tag"].name == name


def test_a_tag_without_talks_says_so(client):
    TagFactory(name="testing")
    RecapFactory(body="On [[testing]].")

    assert "No talk has this tag." in client.get("/tags/testing/").content.decode()


def test_a_hostile_name_is_shown_as_text(client):
    tag = TagFactory(name="<script>alert(1)</script>", slug="x")
    TalkFactory(tags=[tag])

    html = client.get("/tags/").content.decode() + client.get("/tags/x/").content.decode()

    assert html.count("<script>") == 0


@pytest.mark.parametrize(
    "address",
    ["/tags/unknown/", "/tags/Testing/", "/tags/testing/?after=abc", "/tags/testing/?before=~1"],
)
def test_what_does_not_exist_is_not_found(client, address):
    TagFactory(name="testing")

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("tag_count", [1, 3])
def test_the_index_runs_one_query(client, django_assert_num_queries, tag_count):
    TalkFactory(tags=[TagFactory() for _ in range(tag_count)])

    with django_assert_num_queries(1):
        response = client.get("/tags/")

    assert response.context["index"].number == tag_count


@pytest.mark.parametrize("talk_count", [1, 3])
def test_a_topic_runs_ten_queries(client, django_assert_num_queries, talk_count):
    tag = TagFactory(name="testing")
    for _ in range(talk_count):
        TagAliasFactory(tag=tag)
        RecapFactory(talk=TalkFactory(tags=[tag, TagFactory()], speakers=[SpeakerFactory()]))

    with django_assert_num_queries(10):
        response = client.get("/tags/testing/")

    assert len(response.context["page"]) == talk_count
