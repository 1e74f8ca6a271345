"""Tags in search: whatever is done to them, search knows at once, and no document is written."""

import pytest
from django.db import connection

from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap, TaggedRecap
from search import topics
from search.models import SearchDocument
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag, TagAlias, TaggedTalk, Talk
from talks.tagging.verbs import add_tags, remove_tags

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[10_000, 0], ids=["listed", "asked-for-each"])
def most_listed(request, monkeypatch):
    """Few talks with a tag, whose ids are listed, or so many that they are not."""
    monkeypatch.setattr(topics, "MOST_LISTED", request.param)


@pytest.fixture
def library(most_listed):
    """Two talks, one with tag, synonym and recap; a conference's recap with a tag of its own."""
    tag = TagFactory(name="vector databases", slug="vectors")
    TagAliasFactory(tag=tag, name="persistence")
    talk = TalkFactory(title="Tagged", abstract="Kettles.", tags=[tag])
    RecapFactory(talk=talk, title="Its recap", body="Tea.")
    TalkFactory(title="Untagged", abstract="Kettles.", conference=talk.conference)
    conference = ConferenceFactory(title="Conf")
    RecapFactory(talk=None, conference=conference, title="Days", tags=[TagFactory(name="travel")])
    RecapFactory(
        talk=None, conference=conference, title="Not yet", tags=[Tag.objects.get(name="travel")],
        draft=True,
    )  # fmt: skip
    return talk


def _found(client, query, **choices):
    page = client.get("/search/", {"q": query, **choices}).context
    return sorted(str(hit.thing) for hit in page["hits"]) if page["found"].number else []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("database", ["Its recap", "Tagged"]),
        ("persistence", ["Its recap", "Tagged"]),
        ("vector database", ["Its recap", "Tagged"]),
        ('"vector databases"', ["Its recap", "Tagged"]),
        ('"databases vector"', []),
        ("database kettle", ["Tagged"]),
        ("kettle persistence vector", ["Tagged"]),
        ("kettle -persistence", ["Untagged"]),
        ("kettle -travel -nothing", ["Tagged", "Untagged"]),
        ("persistence -kettle", ["Its recap"]),
        ("persistence nothing", []),
        ("the persistence", ["Its recap", "Tagged"]),
        ("persistence or travel", ["Days", "Its recap", "Tagged"]),
        ("travel", ["Days"]),
        ("conf -travel", ["Conf"]),
    ],
)
def test_a_tag_says_a_word_as_a_text_does(client, library, query, found):
    assert _found(client, query) == found


def test_results_say_by_which_tags_they_were_found(client, library):
    library.tags.add(TagFactory(name="tea"))
    page = client.get("/search/", {"q": "persistence or travel or nothing -lamp"})

    hits = page.context["hits"]
    assert {str(hit.thing): [tag.name for tag in hit.tags] for hit in hits} == {
        "Days": ["travel"],
        "Its recap": ["vector databases"],
        "Tagged": ["vector databases"],
    }
    assert "<mark><bdi>vector databases</bdi></mark>" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "choices", "found"),
    [
        ("kettle", {"tag": "vectors"}, ["Tagged"]),
        ("kettle", {"no-tag": "vectors"}, ["Untagged"]),
        ("", {"tag": "vectors"}, ["Its recap", "Tagged"]),
        ("", {"tag": ["vectors", "travel"]}, []),
        ("", {"tag": "travel"}, ["Days"]),
        ("conf", {"no-tag": "travel"}, ["Conf"]),
    ],
)
def test_a_tag_can_be_chosen_or_left_out(client, library, query, choices, found):
    assert _found(client, query, **choices) == found


def test_tags_are_counted_on_talks_and_recaps_but_not_on_drafts(client, library):
    page = client.get("/search/?q=kettle+or+tea+or+conf").context

    [tags] = [facet for facet in page["facets"] if facet.facet.parameter == "tag"]
    assert {choice.label: choice.count for choice in tags.choices} == {
        "vector databases": 2,
        "travel": 1,
    }


def test_tags_in_scripts_without_spaces_are_found_letter_by_letter(client, most_listed):
    TalkFactory(title="Kettles one", tags=[TagFactory(name="機械学習")])
    TalkFactory(title="Kettles two", abstract="学習")

    assert _found(client, "学習") == ["Kettles one", "Kettles two"]
    assert _found(client, "kettles 機械") == ["Kettles one"]
    assert _found(client, "kettles -機械") == ["Kettles two"]


def _merge(talk):
    """As merging does: what has the tag gets the other, and its name becomes a synonym of that."""
    old, other = talk.tags.get(), TagFactory(name="other")
    TaggedTalk.objects.filter(tag=old).update(tag=other)
    old.delete()
    TagAliasFactory(tag=other, name="new")


WRITES = {
    "bulk-tag": (lambda talk: add_tags(Talk.objects.all(), [TagFactory(name="new")], by=None),
                 ["Its recap", "Tagged", "Untagged"]),
    "retag": (lambda talk: TaggedTalk.objects.update(tag=TagFactory(name="new")),
              ["Its recap", "Tagged"]),
    "rename": (lambda talk: Tag.objects.filter(pk=talk.tags.get().pk).update(name="new"),
               ["Its recap", "Tagged"]),
    "synonym": (lambda talk: TagAlias.objects.update(name="new"), ["Its recap", "Tagged"]),
    "merge": (_merge, ["Its recap", "Tagged"]),
    "tag-recap": (lambda talk: TaggedRecap.objects.update(tag=TagFactory(name="new")), ["Days"]),
    "own-tags-of-a-recap-that-changed": (
        lambda talk: (Recap.objects.filter(title="Its recap").update(
            talk=None, conference=talk.conference), _merge(talk)), ["Tagged"]),
}  # fmt: skip


@pytest.mark.parametrize(("write", "found"), WRITES.values(), ids=WRITES)
def test_search_finds_at_once_what_tags_mean_now(client, library, write, found):
    assert _found(client, "new") == []

    write(library)

    assert _found(client, "new") == found


@pytest.mark.parametrize(
    "write",
    [
        lambda talk: remove_tags(Talk.objects.all(), talk.tags.all(), by=None),
        lambda talk: talk.tags.clear(),
        lambda talk: (talk.tags.clear(), Tag.objects.orphaned().delete()),
        lambda talk: TagAlias.objects.all().delete(),
    ],
    ids=["bulk-untag", "untag", "delete", "delete-synonym"],
)
def test_search_forgets_at_once_what_tags_meant(client, library, write):
    assert _found(client, "persistence") == ["Its recap", "Tagged"]

    write(library)

    assert _found(client, "persistence") == []


def _versions():
    """Return where PostgreSQL keeps each document, and which transaction wrote it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text, xmin::text FROM search_searchdocument ORDER BY id")
        return cursor.fetchall()


def test_tagging_writes_no_document(library):
    before = _versions()

    add_tags(Talk.objects.all(), [TagFactory(name="new")], by=None)
    Tag.objects.filter(name="new").update(name="newer")
    TagAliasFactory(tag=Tag.objects.get(name="newer"), name="newest")

    assert (_versions(), len(before)) == (before, SearchDocument.objects.count())
