"""Tagging many talks from the admin's list: a confirmation page with numbers, then one change."""

import json

import pytest
from django.contrib.admin.models import LogEntry

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag, TaggedTalk, Talk
from talks.tagging.verbs import add_tags
from talks.tests.tagging_page import (
    CURATOR,
    LIST,
    choose,
    choose_all,
    messages_of,
    titles_with,
)

pytestmark = pytest.mark.django_db


def test_page_says_what_is_chosen_before_tags_are(admin_client, talks):
    page = choose(admin_client, talks)

    assert page.title == "Add tags to 4 talks"
    assert page.facts == {"Selected": 4}
    assert page.titles == ["D", "C", "B", "A"]


def test_page_says_what_will_change_before_anything_is_done(admin_client, talks):
    page = choose(admin_client, talks).numbers("async, Python")

    assert page.facts == {"Selected": 4, "Will change": 4, "Already have all of these tags": 0}
    assert page.numbers("async").facts == {
        "Selected": 4,
        "Will change": 3,
        "Already have all of these tags": 1,
    }
    assert (titles_with("async"), Tag.objects.count()) == ({"D"}, 1)


def test_tags_are_added_and_the_list_comes_back_with_its_filters_and_place(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}&o=1&p=1"
    page = choose(admin_client, talks, query=query).numbers("async")

    address, messages = page.apply("async")

    assert address == LIST + query
    assert messages == ["Added 'async' to 3 talks; 1 already had it."]
    assert titles_with("async") == {"A", "B", "C", "D"}


def test_tags_may_be_named_and_added_in_one_step(admin_client, talks):
    _, messages = choose(admin_client, talks[:1]).apply("brand new, async")

    assert messages == ["Added 'async', 'brand new' to 1 talk."]
    assert titles_with("brand new") == {"A"}


def test_several_tags_are_spoken_of_in_the_plural(admin_client, talks):
    TagFactory(name="testing")
    choose(admin_client, talks).apply("testing")

    _, messages = choose(admin_client, talks).apply("async, testing")

    assert messages == ["Added 'async', 'testing' to 3 talks; 1 already had all of them."]


def test_tags_are_removed(admin_client, talks):
    page = choose(admin_client, talks, "remove_tags")
    assert page.title == "Remove tags from 4 talks"
    page = page.numbers("async")
    assert page.facts == {"Selected": 4, "Will change": 1, "Have none of these tags": 3}

    _, messages = page.apply("async")

    assert messages == ["Removed 'async' from 1 talk; 3 did not have it."]
    assert titles_with("async") == set()


def test_a_synonym_names_its_tag(admin_client, talks):
    TagAliasFactory(tag=Tag.objects.get(), name="asyncio")

    _, messages = choose(admin_client, talks).apply("AsyncIO")

    assert messages == ["Added 'async' to 3 talks; 1 already had it."]


def test_all_across_pages_means_what_the_list_shows(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"

    page = choose_all(admin_client, talks[0], query=query)
    _, messages = page.apply("harbour")

    assert page.facts == {"Selected": 4}
    assert messages == ["Added 'harbour' to 4 talks."]
    assert titles_with("harbour") == {"A", "B", "C", "D"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("?q=Harb", set(), id="search-finds-titles-and-names-only"),
        pytest.param("?q=elsew", {"Elsewhere"}, id="search"),
        pytest.param("?without=tagged", {"A", "B", "C", "Elsewhere"}, id="untagged"),
        pytest.param("?given_on__year=2017", {"A", "B", "C", "D", "Elsewhere"}, id="year"),
        pytest.param("?conference__named=harbour", {"A", "B", "C", "D"}, id="named"),
    ],
)
def test_all_of_a_searched_list(admin_client, talks, query, titles):
    if titles:
        choose_all(admin_client, talks[0], query=query).apply("chosen")

    assert titles_with("chosen") == titles


def test_page_does_not_grow_with_the_selection(admin_client, talks):
    conference = talks[0].conference
    Talk.objects.bulk_create(
        Talk(conference=conference, title=f"T{n:04}", slug=f"t{n}") for n in range(1_200)
    )

    page = choose_all(admin_client, talks[0])

    assert page.inputs == [
        "csrfmiddlewaretoken",
        "action",
        "_selected_action",
        "signed_selection",
        "tags",
        "apply",
    ]
    assert page.facts == {"Selected": 1_205}
    assert len(page.titles) == 20
    _, messages = page.apply("async")
    assert messages == ["Added 'async' to 1204 talks; 1 already had it."]


@pytest.mark.parametrize("talk_count", [1, 3, 150])
def test_number_of_queries_does_not_grow_with_the_selection(
    client, django_assert_num_queries, talk_count
):
    """Every statement counts here: sessions, savepoints and permissions too."""
    client.force_login(UserFactory(staff=True, permissions=[*CURATOR, "talks.add_tag"]))
    talks = [TalkFactory(conference=ConferenceFactory()) for _ in range(talk_count)]
    page = choose_all(client, talks[0]).numbers("async, django")

    with django_assert_num_queries(20):
        page.apply("async, django")

    assert TaggedTalk.objects.count() == 2 * talk_count


def test_one_history_entry_for_each_changed_talk_with_one_batch(client, talks):
    curator = UserFactory(superuser=True, username="curator")
    client.force_login(curator)

    choose(client, talks).apply("async")

    entries = LogEntry.objects.order_by("object_repr")
    assert [(e.user, e.object_repr, e.get_change_message()) for e in entries] == [
        (curator, title, "Added tag “async”.") for title in "ABC"
    ]
    assert len({json.loads(e.change_message)[-1]["batch"] for e in entries}) == 1


def test_pressing_twice_changes_nothing(admin_client, talks):
    page = choose(admin_client, talks).numbers("async, new one")
    page.apply("async, new one")

    _, messages = page.apply("async, new one")

    assert messages[-1] == "Added 'async', 'new one' to 0 talks; 4 already had all of them."
    assert LogEntry.objects.count() == 4


def test_removing_twice_changes_nothing(admin_client, talks):
    query = f"?tags__id__exact={Tag.objects.get().pk}"
    page = choose(admin_client, talks[3:], "remove_tags", query)
    page.apply("async")

    response = page.send(tags="async", apply="")

    assert response.url == LIST + query
    assert messages_of(response)[-1] == (
        "None of the selected talks is in this list any more. Nothing was changed."
    )
    assert LogEntry.objects.count() == 1


def test_a_selection_that_grew_is_not_acted_on(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"
    page = choose_all(admin_client, talks[0], query=query).numbers("async")
    TalkFactory(title="E", conference=talks[0].conference)

    again = page.apply_in_vain("async")

    assert again.notice == "The selection has changed since. These are the numbers now."
    assert again.facts == {"Selected": 5, "Will change": 4, "Already have all of these tags": 1}
    assert titles_with("async") == {"D"}
    assert again.apply("async")[1] == ["Added 'async' to 4 talks; 1 already had it."]


def test_a_selection_that_shrank_is_not_acted_on(admin_client, talks):
    page = choose(admin_client, talks)
    talks[0].delete()

    again = page.apply_in_vain("async, brand new")

    assert again.notice == "The selection has changed since. These are the numbers now."
    assert again.facts == {"Selected": 3, "Will change": 3, "Already have all of these tags": 0}
    assert set(Tag.objects.values_list("name", flat=True)) == {"async"}


def test_a_selection_of_the_same_size_is_not_the_same(admin_client, talks):
    query = f"?conference__id__exact={talks[0].conference_id}"
    page = choose_all(admin_client, talks[0], query=query)
    talks[1].delete()
    TalkFactory(title="E", conference=talks[0].conference)

    assert page.apply_in_vain("async").notice != ""


def test_numbers_for_other_tags_are_not_agreed_to(admin_client, talks):
    page = choose(admin_client, talks).numbers("async")

    again = page.apply_in_vain("async, python")

    assert again.notice == "The numbers were for other tags. These are the numbers now."
    assert again.facts["Will change"] == 4
    assert titles_with("async") == {"D"}
    again.apply("python, async")


def test_a_name_that_means_another_tag_now_is_not_agreed_to(admin_client, talks):
    synonym = TagAliasFactory(tag=Tag.objects.get(), name="asyncio")
    page = choose(admin_client, talks).numbers("asyncio")
    synonym.tag = TagFactory(name="event loops")
    synonym.save()

    again = page.apply_in_vain("asyncio")

    assert again.notice == "The numbers were for other tags. These are the numbers now."
    assert again.facts["Will change"] == 4


def test_a_tag_that_vanished_is_an_error_of_the_form(admin_client, talks):
    page = choose(admin_client, talks).numbers("async")
    TaggedTalk.objects.all().delete()
    Tag.objects.all().delete()

    again = page.apply_in_vain("async")

    assert again.errors == ["This tag was deleted in the meantime: async. To make it anew, go on."]
    assert Tag.objects.count() == 0
    assert again.apply("async")[1] == ["Added 'async' to 4 talks."]


def test_the_page_says_of_each_tag_how_many_have_it(admin_client, talks):
    testing = TagFactory(name="testing")
    for talk in talks[:2]:
        talk.tags.add(testing)

    page = choose(admin_client, talks).numbers("async, testing, new")

    assert page.facts["Already have all of these tags"] == 0
    on_talks = page.response.context_data["on_talks"]
    assert {each.tag.name: each.count for each in on_talks} == {"async": 1, "testing": 2}
    assert "on 2 of the talks" in page.response.content.decode()


def test_who_removes_tags_is_told_whose_they_are(admin_client, admin_user, talks):
    ada = UserFactory(public_name="Ada <Quill>")
    add_tags(Talk.objects.filter(title="A"), Tag.objects.all(), by=ada)
    choose(admin_client, talks).apply("async")

    page = choose(admin_client, talks, "remove_tags").numbers("async")

    (on_talks,) = page.response.context_data["on_talks"]
    assert (on_talks.count, on_talks.by_others) == (4, 2)
    assert on_talks.by == ((admin_user.public_name, 2), ("Ada <Quill>", 1), ("", 1))
    text = page.response.content.decode()
    assert "1 by Ada &lt;Quill&gt;" in text
    assert "2 were added by others, and are removed too." in text
