"""Names of tags in a line: what separates them, what holds them together, and what comes back."""

import json

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from conferences.factories import ConferenceFactory
from exchange.report import IssueLog
from exchange.sources.pyvideo.lists import tags as tags_of_record
from foundation.text.names import clean_line, name_key
from recaps.factories import RecapFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag, TaggedTalk
from talks.tagging.forms import TagNamesField
from talks.tagging.text import TAG_MAX_LENGTH, line_of, tag_names, tag_text
from tests.tools.admin_form import errors_of, fields_of, save

# The scripts' reader of lines is tested by the same table.
TABLE = json.loads((settings.BASE_DIR / "tests/tools/tag_lines.json").read_text("utf-8"))
ODD = [case["name"] for case in TABLE["names"]]
ODD_SIGNS = st.sampled_from("ab#,;、，؛ \"'“”„«»‘’「」`")
LINES = st.text(st.one_of(ODD_SIGNS, st.characters()), max_size=30).map(clean_line)
NAMES = LINES.filter(lambda name: len(name) <= TAG_MAX_LENGTH and name_key(name))


@given(st.lists(NAMES, unique_by=name_key, max_size=8))
@example(ODD[:8])
@example(sorted(ODD, key=len))
def test_names_come_back_from_their_line(names):
    assert tag_names(line_of(names)) == names


@given(st.lists(NAMES, unique_by=name_key, max_size=8))
@example(ODD)
def test_a_line_of_tags_that_was_left_alone_has_not_changed(names):
    tags = [Tag(name=name) for name in names]
    field = TagNamesField(required=False)
    line = field.prepare_value(tags)

    assert tag_names(tag_text(tags)) == sorted(names, key=name_key)
    assert not field.has_changed(tags, line)
    assert field.clean(line) == sorted(names, key=name_key)


@given(st.text(st.one_of(ODD_SIGNS, st.characters()), max_size=60))
def test_any_line_is_read_and_comes_back(line):
    names = tag_names(line)

    assert tag_names(line_of(names)) == names


@given(st.lists(NAMES, unique_by=name_key, max_size=6), st.data())
def test_what_two_people_do_to_a_line_is_all_done(names, data):
    before = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    theirs = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    yours = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []

    merged = tag_names(TagNamesField().merged(line_of(before), line_of(theirs), line_of(yours)))

    kept = {n for n in theirs if n in yours or n not in before}
    assert set(merged) == kept | {n for n in yours if n not in before}


@pytest.mark.parametrize("case", TABLE["lines"], ids=lambda case: case["line"])
def test_names_of_a_line(case):
    assert tag_names(case["line"]) == case["names"]


@pytest.mark.parametrize("case", TABLE["names"], ids=lambda case: case["name"])
def test_line_of_a_name(case):
    assert line_of([case["name"]]) == case["line"]


# Through the site


@pytest.fixture
def tags(db):
    return [TagFactory(name=name, slug=f"t{n}") for n, name in enumerate(ODD) if name_key(name)]


def tagged():
    return list(TaggedTalk.objects.order_by("pk").values())


def test_a_form_that_is_saved_for_its_room_changes_no_tag(tags, admin_client):
    talk = TalkFactory(tags=tags)
    before, count = tagged(), Tag.objects.count()
    line = fields_of(admin_client.get(f"/admin/talks/talk/{talk.pk}/change/"))["tags"]

    saved = save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", room="Aula", tags=line)

    assert saved.status_code == 302, errors_of(saved)
    assert (tagged(), Tag.objects.count()) == (before, count)


def test_a_tag_that_is_added_beside_odd_ones_is_the_only_change(tags, admin_client):
    talk = TalkFactory(tags=tags)
    before = tagged()
    line = fields_of(admin_client.get(f"/admin/talks/talk/{talk.pk}/change/"))["tags"]

    save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", tags=f"{line}, new")

    assert tagged()[:-1] == before
    assert Tag.objects.count() == len(tags) + 1


def test_a_recap_of_a_conference_keeps_its_tags(tags, admin_client):
    recap = RecapFactory(talk=None, conference=ConferenceFactory())
    recap.tags.set(tags)

    saved = save(admin_client, f"/admin/recaps/recap/{recap.pk}/change/", title="Anew")

    assert saved.status_code == 302, errors_of(saved)
    assert set(recap.tags.all()) == set(tags)
    assert Tag.objects.count() == len(tags)


@pytest.mark.twice
@pytest.mark.parametrize("name", [name for name in ODD if name_key(name)])
def test_a_renamed_tag_stays_on_its_talks(name, admin_client):
    talk = TalkFactory(tags=[TagFactory(name="first", slug="first")])
    tag = talk.tags.get()

    renamed = save(admin_client, f"/admin/talks/tag/{tag.pk}/change/", name=name)
    save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", room="Aula")

    assert renamed.status_code == 302, errors_of(renamed)
    assert [tag.name for tag in talk.tags.all()] == [name]
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("way", ["add", "set", "resolve", "bulk"])
def test_every_way_finds_a_tag_by_its_exact_name(way, tags, admin_client):
    talk = TalkFactory()
    names = [tag.name for tag in tags]
    if way == "add":
        talk.tags.add(*names)
    elif way == "set":
        talk.tags.set(names)
    elif way == "resolve":
        talk.tags.add(*Tag.objects.resolve(names).tags())
    else:
        post = {"action": "add_tags", "_selected_action": [talk.pk], "index": 0}
        asked = admin_client.post(reverse("admin:talks_talk_changelist"), post)
        signed_selection = asked.context_data["signed_selection"]
        sent = {**post, "signed_selection": signed_selection, "tags": line_of(names), "apply": "1"}
        admin_client.post(reverse("admin:talks_talk_changelist"), sent)

    assert set(talk.tags.all()) == set(tags)
    assert Tag.objects.count() == len(tags)


@pytest.mark.django_db
def test_a_synonym_with_odd_signs_means_its_tag():
    for number, name in enumerate(name for name in ODD if name_key(name)):
        alias = TagAliasFactory(name=name, tag=TagFactory(name=f"tag-{number}"))
        assert Tag.objects.find(tag_names(line_of([name]))).tags() == [alias.tag], name


def test_a_tag_in_a_line_of_new_ones_is_made_as_it_is_called(admin_client):
    talk = TalkFactory()
    names = [name for name in ODD if name_key(name)]

    saved = save(admin_client, f"/admin/talks/talk/{talk.pk}/change/", tags=line_of(names))

    assert saved.status_code == 302, errors_of(saved)
    assert set(talk.tags.names()) == set(names)


@given(st.lists(NAMES, unique_by=name_key, max_size=5))
@example(ODD)
def test_what_a_file_says_comes_back_the_same(names):
    log = IssueLog("file")
    found = tags_of_record({"tags": [line_of(names)]}, log).get("tags", [])

    assert found == names
