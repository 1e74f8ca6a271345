"""Talks and tags get other addresses and names; the former ones go on leading to them."""

import pytest
from django.db import IntegrityError, transaction

from conferences.factories import ConferenceFactory
from foundation.models.old_addresses import change_name
from talks.addresses import rename_talk
from talks.factories import TagFactory, TalkFactory
from talks.models import OldTalkSlug, Tag, Talk

pytestmark = pytest.mark.django_db


def old_addresses():
    return {(row.conference.slug, row.slug): row.talk for row in OldTalkSlug.objects.all()}


def synonyms(tag):
    return {alias.name: alias.slug for alias in tag.aliases.all()}


def test_a_talk_keeps_its_old_address():
    talk = TalkFactory(slug="old", conference__slug="conf")

    rename_talk(talk, slug="newer")

    talk.refresh_from_db()
    assert talk.slug == "newer"
    assert old_addresses() == {("conf", "old"): talk}


def test_only_the_address_of_a_talk_is_written():
    talk = TalkFactory(title="Kept", slug="old")
    talk.title = "Typed, not saved"

    rename_talk(talk, slug="newer")

    assert Talk.objects.get().title == "Kept"


def test_a_talk_renamed_twice_is_one_step_from_each_address():
    talk = TalkFactory(slug="first", conference__slug="conf")

    rename_talk(talk, slug="second")
    rename_talk(talk, slug="third")

    assert old_addresses() == {("conf", "first"): talk, ("conf", "second"): talk}


def test_a_talk_renamed_back_has_no_old_address_of_that_name():
    talk = TalkFactory(slug="first", conference__slug="conf")

    rename_talk(talk, slug="second")
    rename_talk(talk, slug="first")

    assert old_addresses() == {("conf", "second"): talk}


def test_a_talk_moved_to_another_conference_keeps_its_old_address_there():
    talk = TalkFactory(slug="talk", conference__slug="here")
    there = ConferenceFactory(slug="there")

    rename_talk(talk, conference=there)

    talk.refresh_from_db()
    assert (talk.conference, talk.slug) == (there, "talk")
    assert old_addresses() == {("here", "talk"): talk}


def test_the_same_address_is_no_change(django_assert_num_queries):
    talk = TalkFactory(slug="talk")

    with django_assert_num_queries(3):  # a savepoint, a look, its release
        rename_talk(talk, slug="talk")

    assert OldTalkSlug.objects.count() == 0


def test_an_address_that_another_talk_has_is_refused():
    talk = TalkFactory(slug="talk")
    TalkFactory(slug="taken", conference=talk.conference)

    with pytest.raises(IntegrityError), transaction.atomic():
        rename_talk(talk, slug="taken")

    assert OldTalkSlug.objects.count() == 0


def test_a_tags_old_name_and_address_become_one_synonym():
    tag = TagFactory(name="js", slug="js")

    change_name(tag, name="JavaScript", slug="javascript")

    tag.refresh_from_db()
    assert (tag.name, tag.key, tag.slug) == ("JavaScript", "javascript", "javascript")
    assert synonyms(tag) == {"js": "js"}
    assert Tag.objects.find(["JS"]).tags() == [tag]


def test_a_tag_with_the_same_name_and_address_is_not_changed():
    tag = TagFactory(name="js", slug="js")

    change_name(tag, name="js", slug="js")

    assert synonyms(tag) == {}


def test_a_tags_other_capitals_are_no_synonym():
    tag = TagFactory(name="javascript")

    change_name(tag, name="JavaScript")

    assert synonyms(tag) == {}


def addresses(tag):
    return {alias.slug: alias.name for alias in tag.aliases.all()}


def test_a_tags_other_address_alone_is_no_synonym():
    tag = TagFactory(name="C++", slug="c")

    change_name(tag, slug="cpp")
    change_name(tag, slug="cplusplus")

    assert addresses(tag) == {"c": "", "cpp": ""}
    assert list(Tag.objects.at_old_address("c")) == [tag]
    assert Tag.objects.with_other_names().get().other_names == []


def test_a_name_taken_back_is_no_synonym_and_its_address_is_kept():
    tag = TagFactory(name="js", slug="js")

    change_name(tag, name="JavaScript")
    change_name(tag, name="js", slug="script")

    assert synonyms(tag) == {"JavaScript": "js"}


def test_a_tag_renamed_back_has_no_synonym_of_its_own_name():
    tag = TagFactory(name="js", slug="js")

    change_name(tag, name="JavaScript", slug="javascript")
    change_name(tag, name="js", slug="js")

    assert synonyms(tag) == {"JavaScript": "javascript"}
