"""Talks and tags in the admin: lists, filters, forms."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import (
    RecordingFactory,
    TagFactory,
    TalkFactory,
    TalkLinkFactory,
)
from talks.models import OldTalkSlug, TaggedTalk, Talk
from tests.tools.pages import elements

pytestmark = pytest.mark.django_db

LIST = "/admin/talks/talk/"
ADD = "/admin/talks/talk/add/"
WRITE = "/admin/recaps/recap/add/?talk="


def change(talk):
    return f"/admin/talks/talk/{talk.pk}/change/"


def listed(client, query=""):
    """Return the titles that the list shows, in its order."""
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [talk.title for talk in response.context_data["cl"].result_list]


def test_list_shows_who_where_when_and_tags(admin_client):
    speakers = [SpeakerFactory(name=name) for name in ("Bea", "Ada", "Cid", "Dan", "Eve")]
    TalkFactory(
        title="Shown",
        conference__title="Harbour",
        speakers=speakers,
        tags=[TagFactory(name="b"), TagFactory(name="A")],
        is_cancelled=True,
    )

    text = admin_client.get(LIST).content.decode()

    for shown in ("Shown", "Harbour", "Bea, Ada, Cid, 2 more", "A, b", "3 April 2017", "cancelled"):
        assert f">{shown}<" in text


def test_list_is_newest_first_with_undated_last(admin_client):
    TalkFactory(title="undated", undated=True)
    TalkFactory(title="earlier", given_on=dt.date(2010, 1, 1))
    TalkFactory(title="later", given_on=dt.date(2020, 1, 1))

    assert listed(admin_client) == ["later", "earlier", "undated"]


@pytest.mark.parametrize("which", ["change", "list"])
@pytest.mark.parametrize("row_count", [1, 3])
def test_pages_ask_nothing_for_each_row(admin_client, django_assert_num_queries, which, row_count):
    talk = TalkFactory(speakers=[SpeakerFactory() for _ in range(row_count)])
    for _ in range(row_count):
        RecordingFactory(talk=talk)
        TalkLinkFactory(talk=talk)
        TaggedTalk.objects.create(content_object=talk, tag=TagFactory())
        OldTalkSlug.objects.create(
            conference=ConferenceFactory(), slug=f"s{talk.old_slugs.count()}", talk=talk
        )
    for _ in range(row_count - 1):
        TalkFactory(speakers=[SpeakerFactory()], tags=[TagFactory()])
    ContentType.objects.get_for_model(Talk)  # kept by the process from here on

    with django_assert_num_queries({"change": 8, "list": 8}[which]):
        admin_client.get({"change": change(talk), "list": LIST}[which])


@pytest.fixture
def library():
    """Three talks that differ in everything a filter knows."""
    ada, tag = SpeakerFactory(name="Ada Okafor"), TagFactory(name="async")
    harbour = ConferenceFactory(title="Harbour 2017", slug="harbour")
    first = TalkFactory(title="First", conference=harbour, speakers=[ada], tags=[tag])
    RecapFactory(talk=first, draft=True)
    RecordingFactory(talk=first)
    second = TalkFactory(title="Second", tags=[tag, TagFactory()], kind="keynote", undated=True)
    third = TalkFactory(title="Third", speakers=[ada, SpeakerFactory()], is_cancelled=True)
    return {
        "ada": ada.pk,
        "tag": tag.pk,
        "harbour": harbour.pk,
        "pk": (first.pk, second.pk, third.pk),
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("?conference__id__exact={harbour}", {"First"}, id="conference"),
        pytest.param("?conference={harbour}", {"First"}, id="conference-plainly"),
        pytest.param("?conference__named=harb", {"First"}, id="conference-by-name"),
        pytest.param("?speakers__id__exact={ada}", {"First", "Third"}, id="speaker"),
        pytest.param("?speakers__named=okaf", {"First", "Third"}, id="speaker-by-name"),
        pytest.param("?tags__id__exact={tag}", {"First", "Second"}, id="tag"),
        pytest.param("?tags__named=asy", {"First", "Second"}, id="tag-by-name"),
        pytest.param("?tags__named=nothing", set(), id="tag-by-unknown-name"),
        pytest.param("?tags__named=", {"First", "Second", "Third"}, id="no-name"),
        pytest.param("?tags__id__exact={tag}&speakers__id__exact={ada}", {"First"}, id="two"),
        pytest.param("?kind__exact=keynote", {"Second"}, id="kind"),
        pytest.param("?is_cancelled__exact=1", {"Third"}, id="cancelled"),
        pytest.param("?without=recaps", {"Second", "Third"}, id="without-recap"),
        pytest.param("?without=tagged", {"Third"}, id="without-tag"),
        pytest.param("?without=credits", {"Second"}, id="without-speaker"),
        pytest.param("?without=recordings", {"Second", "Third"}, id="without-recording"),
        pytest.param("?without=day", {"Second"}, id="without-day"),
        pytest.param("?without=talk", {"First", "Second", "Third"}, id="without-nonsense"),
        pytest.param("?given_on__year=2017", {"First", "Third"}, id="year"),
        pytest.param("?q=okafor", {"First", "Third"}, id="search-speaker"),
        pytest.param("?q=FIRST+ada", {"First"}, id="search-title-and-speaker"),
        pytest.param('?q="ada+okafor"', {"First", "Third"}, id="search-phrase"),
        pytest.param("?q=%25", set(), id="search-wildcard-means-itself"),
        pytest.param("?q=%22", {"First", "Second", "Third"}, id="search-lone-quote"),
    ],
)
def test_filters_and_search(admin_client, library, query, titles):
    shown = listed(admin_client, query.format(**library))

    assert (set(shown), len(shown)) == (titles, len(titles))


def test_filter_shows_what_is_chosen_and_keeps_the_rest(admin_client, library):
    query = f"?conference__id__exact={library['harbour']}&q=first&kind__exact=talk&p=1"

    text = admin_client.get(LIST + query).content.decode()

    assert text.count(">Harbour 2017 · ") == 1
    form = text.split('class="related-filter"')[2].split("</form>")[0]
    assert 'name="q" value="first"' in form
    assert f'name="conference__id__exact" value="{library["harbour"]}"' in form
    assert 'name="p"' not in form


def test_filters_are_no_list_of_hundreds(admin_client):
    for number in range(30):
        ConferenceFactory(title=f"Unlisted {number}")
    TalkFactory(speakers=[SpeakerFactory(name="Unlisted Speaker")], tags=[TagFactory()])

    filters = admin_client.get(LIST).content.decode().split('id="changelist-filter"')[1]

    assert "Unlisted" not in filters


def test_filters_are_for_those_who_may_see_what_they_list(client, library):
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk", "talks.view_tag"]))

    response = client.get(LIST)

    fields = [
        getattr(spec, "field_name", None) for spec in response.context_data["cl"].filter_specs
    ]
    assert fields == ["tags", None, None, None]
    assert listed(client, f"?conference__id__exact={library['harbour']}") == ["First"]
    assert listed(client, f"?tags__id__exact={library['tag']}") == ["First", "Second"]
    assert client.get(f"{LIST}?conference__named=harbour").url == f"{LIST}?e=1"


@pytest.mark.parametrize(
    ("role", "links"),
    [
        pytest.param("Note-takers", 1, id="who-writes"),
        pytest.param(None, 0, id="who-does-not"),
    ],
)
def test_a_talk_leads_to_the_form_of_a_recap(client, role, links):
    talk = TalkFactory(title="T")
    person = UserFactory(staff=True, role=role, permissions=["talks.view_talk"])
    client.force_login(person)

    found = [
        [link["text"] for link in elements(client.get(page), "a", href=f"{WRITE}{talk.pk}")]
        for page in (LIST, change(talk))
    ]

    assert found == [["Write"] * links, ["Write a recap"] * links]


def test_talks_without_notes_of_ones_own_are_found(client):
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)
    RecapFactory(author=person, talk=TalkFactory(title="mine"), draft=True)
    RecapFactory(author=person, talk=TalkFactory(title="thrown away"), binned=True)
    RecapFactory(talk=TalkFactory(title="another's"))

    assert sorted(listed(client, "?without=mine")) == ["another's", "thrown away"]
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk"]))
    assert len(listed(client, "?without=mine")) == 3
