"""Tags: one spelling per key whatever way a tag is added, synonyms, readable addresses."""

import pytest

from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag
from talks.tagging.text import tag_names, tag_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("machine learning, async", ["machine learning", "async"], id="comma-only"),
        pytest.param('"a b" c', ['"a b" c'], id="quotes-around-a-part"),
        pytest.param(" , ,a,, ", ["a"], id="empty-parts"),
        pytest.param("Async, async,ASYNC", ["Async"], id="each-once"),
        pytest.param("#django, C#, #C#", ["django", "C#"], id="leading-hash"),
        pytest.param("a\u200bb\u202e", ["ab"], id="invisible-signs"),
        pytest.param("\u200b", [], id="nothing-visible"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_line_of_tags(line, names):
    assert tag_names(line) == names


def test_a_line_is_written_as_it_is_read():
    tags = [Tag(name="machine learning"), Tag(name="Async")]

    assert tag_text(tags) == "Async, machine learning"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        ("F#", "fsharp"),
        (".NET", "dotnet"),
        ("🐍", "snake"),
        ("データ", "データ"),
        ("R&D", "r-and-d"),
        ("---", "tag"),
    ],
)
def test_addresses_are_readable(name, slug):
    Tag.objects.resolve([name])

    assert Tag.objects.get().slug == slug


def test_equal_addresses_are_numbered():
    Tag.objects.resolve(["cpp", "C++", "c.pp", "c pp"])

    assert {tag.name: tag.slug for tag in Tag.objects.all()} == {
        "cpp": "cpp",
        "C++": "cpp-2",
        "c.pp": "c-pp",
        "c pp": "c-pp-2",
    }


WAYS = {
    "talk-tags-add": lambda talk, name: talk.tags.add(name),
    "talk-tags-set": lambda talk, name: talk.tags.set([name]),
    "resolve": lambda talk, name: talk.tags.add(*Tag.objects.resolve([name]).tags()),
}


@pytest.mark.parametrize(
    "spelling", ["Machine Learning", "machine  learning ", "#MACHINE LEARNING"]
)
@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_the_tag_of_the_key(way, spelling):
    tag = TagFactory(name="machine learning")
    talk = TalkFactory()

    WAYS[way](talk, spelling)

    assert list(talk.tags.all()) == [tag]
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_the_tag_of_a_synonym(way):
    tag = TagFactory(name="PostgreSQL")
    TagAliasFactory(tag=tag, name="postgres")
    talk = TalkFactory()

    WAYS[way](talk, "Postgres")

    assert list(talk.tags.all()) == [tag]


@pytest.mark.parametrize("name_count", [1, 3])
def test_resolve_runs_the_same_queries_however_many_names(django_assert_num_queries, name_count):
    TagAliasFactory(name="alias")
    names = [f"new {n}" for n in range(name_count)]

    with django_assert_num_queries(7):
        resolved = Tag.objects.resolve([*names, "alias"])

    assert len(resolved.tags()) == name_count + 1


def test_resolve_keeps_the_order_and_each_tag_once():
    python = TagFactory(name="python")
    TagAliasFactory(tag=python, name="py")

    resolved = Tag.objects.resolve(["new", "py", "Python", "", "\u200b"])

    assert [tag.name for tag in resolved.tags()] == ["new", "python"]


def test_a_tag_that_is_saved_without_an_address_gets_one():
    made = [Tag.objects.create(name=name) for name in ("C++", "cpp")]

    assert [tag.slug for tag in made] == ["cpp", "cpp-2"]
