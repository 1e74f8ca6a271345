"""A speaker gets another name or address; the former ones go on leading to the person."""

import pytest
from django.db import IntegrityError, transaction

from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import Speaker
from speakers.renaming import rename_speaker

pytestmark = pytest.mark.django_db


def aliases(speaker):
    return {(alias.name, alias.slug, alias.kind) for alias in speaker.aliases.all()}


def test_old_name_and_address_become_one_alias():
    speaker = SpeakerFactory(name="Ada King", slug="ada-king")

    rename_speaker(speaker, name="Éda Lovelace", slug="eda-lovelace")

    speaker.refresh_from_db()
    assert (speaker.name, speaker.slug, speaker.letter, speaker.sort_key) == (
        "Éda Lovelace",
        "eda-lovelace",
        "E",
        "eda lovelace",
    )
    assert aliases(speaker) == {("Ada King", "ada-king", "renamed")}
    assert list(Speaker.objects.named("ada king")) == [speaker]
    assert list(Speaker.objects.at_old_address("ada-king")) == [speaker]


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        pytest.param({"name": "B"}, {("A", None, "renamed")}, id="name-alone"),
        pytest.param({"slug": "b"}, {("", "a", "renamed")}, id="address-alone"),
        pytest.param({"name": "a"}, set(), id="capitals-alone"),
        pytest.param({"name": "A", "slug": "a"}, set(), id="nothing"),
        pytest.param({}, set(), id="not-even-asked"),
    ],
)
def test_what_is_kept(change, kept):
    speaker = SpeakerFactory(name="A", slug="a")

    rename_speaker(speaker, **change)

    assert aliases(speaker) == kept


def test_renamed_twice_each_address_is_one_step_away():
    speaker = SpeakerFactory(name="A", slug="a")

    rename_speaker(speaker, name="B", slug="b")
    rename_speaker(speaker, name="C", slug="c")

    assert aliases(speaker) == {("A", "a", "renamed"), ("B", "b", "renamed")}


def test_renamed_back_has_no_alias_of_the_live_name():
    speaker = SpeakerFactory(name="A", slug="a")

    rename_speaker(speaker, name="B", slug="b")
    rename_speaker(speaker, name="A", slug="a")

    assert aliases(speaker) == {("B", "b", "renamed")}


def test_name_alone_back_keeps_the_address_of_its_alias():
    speaker = SpeakerFactory(name="A", slug="a")

    rename_speaker(speaker, name="B", slug="b")
    rename_speaker(speaker, name="A")

    assert aliases(speaker) == {("", "a", "renamed"), ("B", None, "renamed")}


def test_a_name_that_is_kept_already_is_kept_once():
    speaker = SpeakerFactory(name="A", slug="a")
    SpeakerAliasFactory(speaker=speaker, name="B")

    rename_speaker(speaker, name="C")
    rename_speaker(speaker, name="B")
    rename_speaker(speaker, name="D")

    assert {name for name, *_ in aliases(speaker)} == {"A", "B", "C"}


def test_an_address_that_another_speaker_has_is_refused():
    SpeakerFactory(slug="taken")
    speaker = SpeakerFactory(slug="a")

    with pytest.raises(IntegrityError), transaction.atomic():
        rename_speaker(speaker, slug="taken")

    assert aliases(speaker) == set()
