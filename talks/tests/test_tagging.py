"""The verbs that add tags to talks and take them away, any number at once."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag, TaggedTalk, Talk
from talks.tagging.selection import Selection, SelectionChanged
from talks.tagging.verbs import (
    Tagging,
    add_tags,
    preview_adding,
    preview_removing,
    remove_tags,
    set_tags,
)

pytestmark = pytest.mark.django_db


def tags_by_talk():
    """Return {title: names of its tags}."""
    return {
        talk.title: {item.tag.name for item in talk.tagged.select_related("tag")}
        for talk in Talk.objects.all()
    }


def history():
    """Return [(who, title, what happened, batch)]."""
    return [
        (
            entry.user.username,
            entry.object_repr,
            entry.get_change_message(),
            json.loads(entry.change_message)[-1]["batch"],
        )
        for entry in LogEntry.objects.order_by("object_repr")
    ]


@pytest.fixture
def three_talks():
    """One talk with the tag "async", one with "django", one with neither."""
    asynchronous, django = TagFactory(name="async"), TagFactory(name="django")
    TalkFactory(title="A", tags=[asynchronous])
    TalkFactory(title="B", tags=[django])
    TalkFactory(title="C")
    return asynchronous, django


def test_add_tags_adds_what_is_missing_and_says_how_many_changed(three_talks):
    asynchronous, _ = three_talks

    result = add_tags(Talk.objects.exclude(title="C"), [asynchronous], by=None)

    assert result == Tagging(changed=1, unchanged=1)
    assert tags_by_talk() == {"A": {"async"}, "B": {"async", "django"}, "C": set()}


def test_add_tags_counts_talks_and_not_tags(three_talks):
    result = add_tags(Talk.objects.all(), three_talks, by=None)

    assert result == Tagging(changed=3, unchanged=0)
    assert TaggedTalk.objects.count() == 6


def test_add_tags_makes_new_tags(three_talks):
    result = add_tags(Talk.objects.filter(title="C"), [], by=None, new=["Machine Learning"])

    assert result == Tagging(changed=1, unchanged=0)
    assert tags_by_talk()["C"] == {"Machine Learning"}
    assert Tag.objects.get(name="Machine Learning").slug == "machine-learning"


def test_add_tags_changes_nothing_when_repeated(three_talks):
    asynchronous, _ = three_talks
    curator = UserFactory()
    add_tags(Talk.objects.all(), [asynchronous], by=curator)

    again = add_tags(Talk.objects.all(), [asynchronous], by=curator)

    assert again == Tagging(changed=0, unchanged=3)
    assert LogEntry.objects.count() == 2


def test_add_tags_remembers_who_added_each(three_talks):
    asynchronous, _ = three_talks
    curator = UserFactory(username="curator")

    add_tags(Talk.objects.all(), [asynchronous], by=curator)

    added = TaggedTalk.objects.filter(tag=asynchronous).order_by("content_object__title")
    assert [row.added_by for row in added] == [None, curator, curator]


def test_add_tags_writes_one_history_entry_for_each_changed_talk(three_talks):
    curator = UserFactory(username="curator")

    add_tags(Talk.objects.all(), three_talks, by=curator)

    batches = {batch for *_, batch in history()}
    assert [entry[:3] for entry in history()] == [
        ("curator", "A", "Added tag “django”."),
        ("curator", "B", "Added tag “async”."),
        ("curator", "C", "Added tag “async”. Added tag “django”."),
    ]
    assert len(batches) == 1


def test_remove_tags_writes_history_too(three_talks):
    curator = UserFactory(username="curator")

    result = remove_tags(Talk.objects.all(), three_talks, by=curator)

    assert result == Tagging(changed=2, unchanged=1)
    assert TaggedTalk.objects.count() == 0
    assert [entry[:3] for entry in history()] == [
        ("curator", "A", "Deleted tag “async”."),
        ("curator", "B", "Deleted tag “django”."),
    ]


def test_remove_tags_leaves_other_talks_and_other_tags(three_talks):
    asynchronous, _ = three_talks

    result = remove_tags(Talk.objects.filter(title__in=["B", "C"]), [asynchronous], by=None)

    assert result == Tagging(changed=0, unchanged=2)
    assert tags_by_talk() == {"A": {"async"}, "B": {"django"}, "C": set()}


def test_nobody_leaves_no_history(three_talks):
    add_tags(Talk.objects.all(), three_talks, by=None)

    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("verb", [add_tags, remove_tags])
def test_verbs_refuse_talks_that_are_not_those_confirmed(three_talks, verb):
    asynchronous, _ = three_talks
    confirmed = Selection.of(Talk.objects.values_list("pk", flat=True))
    TalkFactory(title="D", tags=[asynchronous])

    with pytest.raises(SelectionChanged):
        verb(Talk.objects.all(), [asynchronous], by=None, confirmed=confirmed)

    assert tags_by_talk() == {"A": {"async"}, "B": {"django"}, "C": set(), "D": {"async"}}


def test_add_tags_makes_no_tag_for_talks_that_are_not_those_confirmed(three_talks):
    confirmed = Selection.of([1, 2, 3])

    with pytest.raises(SelectionChanged):
        add_tags(Talk.objects.all(), [], by=None, new=["surprise"], confirmed=confirmed)

    assert set(Tag.objects.values_list("name", flat=True)) == {"async", "django"}


@pytest.mark.parametrize("talk_count", [1, 3, 300])
def test_add_tags_runs_the_same_queries_however_many_talks(django_assert_num_queries, talk_count):
    curator = UserFactory()
    conference = TalkFactory().conference
    Talk.objects.bulk_create(
        Talk(conference=conference, title=f"T{n}", slug=f"t{n}") for n in range(talk_count)
    )
    tag = TagFactory()
    add_tags(Talk.objects.none(), [tag], by=curator)  # the content type is known from here on

    with django_assert_num_queries(3):
        add_tags(Talk.objects.all(), [tag], by=curator)

    assert TaggedTalk.objects.count() == talk_count + 1


def test_verbs_take_any_queryset(three_talks):
    asynchronous, django = three_talks
    filtered = (
        Talk.objects.filter(tagged__tag__in=[asynchronous, django])
        .select_related("conference")
        .with_speakers()
        .order_by("-title")
        .distinct()
    )

    result = add_tags(filtered, [asynchronous], by=None)

    assert result == Tagging(changed=1, unchanged=1)


def test_a_deleted_tag_is_passed_over(three_talks):
    asynchronous, _ = three_talks
    gone = Tag(pk=asynchronous.pk + 10_000, name="gone")

    assert add_tags(Talk.objects.all(), [gone], by=None) == Tagging(changed=0, unchanged=3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["talks_taggedtalk", "django_admin_log"])
def test_a_fault_on_the_way_leaves_no_talk_changed(table):
    """What fails late, as a killed process does, takes back everything, new tags included."""
    curator = UserFactory()
    for _ in range(3):
        TalkFactory()
    with connection.cursor() as cursor:
        # Fails at the commit, when every row is written.
        cursor.execute(
            f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE unique_violation; END $$;"
            f" CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON {table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()"
        )

    try:
        with pytest.raises(IntegrityError):
            add_tags(Talk.objects.all(), [], by=curator, new=["brand new"])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION fail() CASCADE")

    assert (TaggedTalk.objects.count(), LogEntry.objects.count(), Tag.objects.count()) == (0, 0, 0)


def test_long_work_may_take_longer_than_a_page(three_talks):
    with transaction.atomic():
        add_tags(Talk.objects.all(), three_talks, by=None)
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("10min",)


def test_preview_says_what_is_then_done(three_talks):
    asynchronous, django = three_talks
    talks = Talk.objects.all()

    assert preview_adding(talks, [asynchronous], new=0) == Tagging(changed=2, unchanged=1)
    assert preview_adding(talks, [asynchronous, django], new=0) == Tagging(3, 0)
    assert preview_adding(talks, [asynchronous], new=1) == Tagging(changed=3, unchanged=0)
    assert preview_removing(talks, [asynchronous, django], new=0) == Tagging(2, 1)
    assert preview_removing(talks, [], new=0) == Tagging(changed=0, unchanged=3)


def test_set_tags_gives_exactly_these(three_talks):
    curator = UserFactory()
    talk = Talk.objects.get(title="A")
    TagAliasFactory(tag=three_talks[1], name="Dj")

    set_tags(talk, ["dj", "C++", "c++"], by=curator)

    assert tags_by_talk()["A"] == {"django", "C++"}
    assert set(talk.tagged.values_list("added_by", flat=True)) == {curator.pk}


def test_set_tags_leaves_what_is_there(three_talks):
    talk = Talk.objects.get(title="A")
    before = list(talk.tagged.values_list("pk", "added_by"))

    set_tags(talk, ["ASYNC"], by=UserFactory())

    assert list(talk.tagged.values_list("pk", "added_by")) == before


def test_set_tags_works_for_a_conferences_recap(three_talks):
    recap = RecapFactory(talk=None, conference=Talk.objects.first().conference)

    set_tags(recap, ["async"], by=None)

    assert [item.tag.name for item in recap.tagged.all()] == ["async"]
