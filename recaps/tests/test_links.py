"""What `[[names]]` in a recap lead to, and the pages that say where they are mentioned."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from foundation.models.old_addresses import change_address
from recaps.factories import RecapFactory
from recaps.models import Mention
from recaps.models.recap_queryset import MENTIONS_SHOWN
from recaps.rendering import rendering_of
from recaps.writing import write_recap
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.addresses import rename_talk
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    """A conference with a talk, a speaker and a tag; each has another name, too."""
    conference = ConferenceFactory(title="Conf", slug="conf-of-old")
    talk = TalkFactory(conference=conference, title="On Trees", slug="trees-of-old")
    rename_talk(talk, slug="on-trees")
    change_address(conference, slug="conf")
    ada = SpeakerFactory(name="Ada Lovelace", slug="ada")
    SpeakerAliasFactory(speaker=ada, name="Ada King")
    TagAliasFactory(tag=TagFactory(name="async", slug="async"), name="asyncio")
    return conference


def recap_of(conference, body, **fields):
    return RecapFactory(talk=None, conference=conference, body=body, **fields)


@pytest.mark.parametrize(
    ("name", "address", "text"),
    [
        ("on-trees", "/conferences/conf/on-trees/", "On Trees"),
        ("On-Trees", "/conferences/conf/on-trees/", "On Trees"),
        ("conf/on-trees", "/conferences/conf/on-trees/", "On Trees"),
        ("conf/on-trees|this one", "/conferences/conf/on-trees/", "this one"),
        ("trees-of-old", "/conferences/conf/on-trees/", "On Trees"),
        ("conf-of-old/trees-of-old", "/conferences/conf/on-trees/", "On Trees"),
        ("Ada Lovelace", "/speakers/ada/", "Ada Lovelace"),
        ("ada  LOVELACE", "/speakers/ada/", "Ada Lovelace"),
        ("Ada King", "/speakers/ada/", "Ada Lovelace"),
        ("conf", "/conferences/conf/", "Conf"),
        ("Conf", "/conferences/conf/", "Conf"),
        ("conf-of-old", "/conferences/conf/", "Conf"),
        ("async", "/tags/async/", "async"),
        ("Asyncio", "/tags/async/", "async"),
    ],
)
def test_a_name_leads_to_what_has_it(library, name, address, text):
    recap = recap_of(ConferenceFactory(), f"[[{name}]]")

    (link,) = elements(recap.html, "a")
    assert (link["href"], link["text"]) == (address, text)


@pytest.mark.parametrize(
    "name", ["nothing", "conf/nothing", "other/on-trees", "On Trees", "Lovelace", "conf/", "/", "%"]
)
def test_a_name_of_nothing_is_plain_text(library, name):
    assert recap_of(library, f"[[{name}]]").html == f"<p>{name}</p>\n"


def test_a_name_of_several_things_is_plain_text_and_a_preview_says_so(library):
    SpeakerFactory(name="Ada King")
    TagFactory(name="conf")
    recap = recap_of(library, "[[Ada King]] [[Conf]] [[nobody]]")

    assert recap.html == "<p>Ada King Conf nobody</p>\n"
    assert Mention.objects.count() == 0
    preview = rendering_of(recap, show_unknown=True).html
    marked = [(span["class"], span["text"]) for span in elements(preview, "span")]
    assert marked == [
        ("ambiguous-link", "Ada King"),
        ("ambiguous-link", "Conf"),
        ("unknown-link", "nobody"),
    ]


def test_a_talks_address_means_the_one_of_the_own_conference_first(library):
    other = TalkFactory(conference=ConferenceFactory(slug="other"), slug="on-trees")

    here = recap_of(library, "[[on-trees]]")
    there = RecapFactory(talk=TalkFactory(conference=other.conference), body="[[on-trees]]")
    elsewhere = recap_of(ConferenceFactory(), "[[on-trees]] [[other/on-trees]]")

    assert targets(here.html) == ["/conferences/conf/on-trees/"]
    assert targets(there.html) == ["/conferences/other/on-trees/"]
    assert targets(elsewhere.html) == ["/conferences/other/on-trees/"]


@pytest.mark.parametrize("count", [1, 30])
def test_looking_names_up_takes_eight_queries(library, django_assert_num_queries, count):
    names = [f"[[on-trees]] [[Ada King]] [[x{n}/y{n}]] [[Tag {n}]]" for n in range(count)]
    recap = recap_of(library, "")
    recap.body = "\n".join(names)

    with django_assert_num_queries(8):
        rendering_of(recap)


def test_a_text_without_names_asks_nothing(library, django_assert_num_queries):
    recap = recap_of(library, "")

    with django_assert_num_queries(0):
        rendering_of(recap)


# Mentions


def mentions_of(recap):
    columns = ("talk__slug", "speaker__slug", "conference__slug", "tag__slug")
    return {next(filter(None, row)) for row in recap.mentions.values_list(*columns)}


def test_mentions_follow_the_text(library):
    recap = recap_of(ConferenceFactory(), "[[on-trees]] [[Ada King]] [[Ada Lovelace]]")
    assert (mentions_of(recap), recap.mentions.count()) == ({"on-trees", "ada"}, 2)

    recap.body = "[[conf]]"
    write_recap(recap)

    assert mentions_of(recap) == {"conf"}


def test_a_recap_does_not_mention_its_own_subject(library):
    recap = recap_of(library, "[[conf]]")

    assert targets(recap.html) == ["/conferences/conf/"]
    assert mentions_of(recap) == set()


PAGES = {
    "talk": ("/conferences/conf/on-trees/", "on-trees"),
    "speaker": ("/speakers/ada/", "Ada Lovelace"),
    "conference": ("/conferences/conf/", "conf"),
    "tag": ("/tags/async/", "async"),
}


@pytest.fixture(params=PAGES)
def page(request, library):
    """The address of a page, and a text that mentions its thing."""
    address, name = PAGES[request.param]
    return address, f"[[{name}]]"


def test_pages_list_the_recaps_that_mention_them(client, page):
    address, body = page
    elsewhere = ConferenceFactory(title="Elsewhere", slug="elsewhere")
    RecapFactory(talk=TalkFactory(conference=elsewhere), title="Second", body=body, slug="second")
    newer = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
    recap_of(elsewhere, body, title="First", slug="first", published_at=newer)
    recap_of(elsewhere, "Nothing.", title="Silent")
    recap_of(elsewhere, body, title="Leak in a draft", draft=True)
    recap_of(elsewhere, body, title="Leak in time", scheduled=True)

    response = client.get(address)

    listed = [target for target in targets(response, inside="mentions") if "/recaps/" in target]
    assert listed == ["/recaps/first/", "/recaps/second/"]
    assert "Leak" not in response.content.decode()


def test_pages_without_mentions_have_no_list(client, page):
    address, body = page
    recap_of(ConferenceFactory(), body, draft=True)

    assert "Mentioned in" not in texts(client.get(address), "h2")


def test_pages_list_the_newest_ten(client, page):
    address, body = page
    elsewhere = ConferenceFactory()
    for _ in range(MENTIONS_SHOWN + 2):
        recap_of(elsewhere, body)

    response = client.get(address)

    links = [target for target in targets(response, inside="mentions") if "/recaps/" in target]
    assert len(links) == MENTIONS_SHOWN


@pytest.mark.parametrize("count", [1, 3])
def test_mentions_take_one_query(client, library, django_assert_num_queries, count):
    for _ in range(count):
        RecapFactory(body="[[conf]]", talk__conference=ConferenceFactory())

    with django_assert_num_queries(6):
        client.get("/conferences/conf/")
