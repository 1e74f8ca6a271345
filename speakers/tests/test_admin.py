"""Speakers in the admin."""

import pytest

from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import Speaker, SpeakerAlias
from talks.factories import TalkFactory
from tests.tools.admin_form import errors_of, save

pytestmark = pytest.mark.django_db

LIST = "/admin/speakers/speaker/"
ADD = f"{LIST}add/"


def change(speaker):
    return f"{LIST}{speaker.pk}/change/"


def listed(client, query=""):
    return [row.name for row in client.get(LIST + query).context_data["cl"].result_list]


def test_speakers_are_listed_from_a_to_z_with_their_talks(admin_client):
    zoe, ada = SpeakerFactory(name="Zoe"), SpeakerFactory(name="ada")
    TalkFactory(speakers=[zoe, ada])
    TalkFactory(speakers=[zoe])

    rows = admin_client.get(LIST).context_data["cl"].result_list

    assert [(row.name, row.talk_count) for row in rows] == [("ada", 1), ("Zoe", 2)]
    assert listed(admin_client, "?o=-2") == ["Zoe", "ada"]


def test_a_speaker_is_found_by_another_name_and_once(admin_client):
    speaker = SpeakerFactory(name="Ada Lovelace")
    SpeakerAliasFactory(speaker=speaker, name="Ada King")
    SpeakerAliasFactory(speaker=speaker, name="A. King")
    SpeakerFactory(name="Somebody else")

    assert listed(admin_client, "?q=king") == ["Ada Lovelace"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Ada Lovelace", "ada-lovelace-2"), ("山田 太郎", "山田-太郎"), ("!?", "speaker")],
)
def test_an_empty_address_is_made_from_the_name(admin_client, name, slug):
    SpeakerFactory(name="Ada Lovelace")

    save(admin_client, ADD, name=name, add_anyway=name.lower())

    assert Speaker.objects.latest("pk").slug == slug


def test_a_renamed_speaker_keeps_name_and_address(admin_client):
    speaker = SpeakerFactory(name="Ada King", slug="ada-king")

    save(admin_client, change(speaker), name="Ada Lovelace", slug="", bio="Wrote the first one.")

    speaker.refresh_from_db()
    assert (speaker.name, speaker.slug, speaker.sort_key, speaker.bio) == (
        "Ada Lovelace",
        "ada-lovelace",
        "ada lovelace",
        "Wrote the first one.",
    )
    assert list(SpeakerAlias.objects.values_list("name", "slug", "kind")) == [
        ("Ada King", "ada-king", "renamed")
    ]


def test_saving_a_form_as_it_is_changes_nothing(admin_client):
    speaker = SpeakerAliasFactory().speaker
    SpeakerAliasFactory(speaker=speaker, name="", slug="old-address")
    before = list(Speaker.objects.values()), list(SpeakerAlias.objects.values())

    response = save(admin_client, change(speaker))

    assert response.status_code == 302, errors_of(response)
    assert (list(Speaker.objects.values()), list(SpeakerAlias.objects.values())) == before


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"name": "\u200d"},
            {"__all__": ["A speaker needs a name with at least one visible sign."]},
            id="invisible-name",
        ),
        pytest.param({"name": ""}, {"name": ["This field is required."]}, id="no-name"),
        pytest.param(
            {"website": "javascript:alert(1)"},
            {"website": ["Give a whole address that starts with http:// or https://."]},
            id="script-as-website",
        ),
        pytest.param(
            {"slug": "taken"},
            {"slug": ["Speaker with this Address (slug) already exists."]},
            id="taken-address",
        ),
        pytest.param(
            {"aliases-1-name": "other NAME"},
            {"aliases-1-name": ["This is there already."]},
            id="other-name-twice",
        ),
        pytest.param(
            {"aliases-0-name": "\u200d"},
            {"aliases-0-name": ["Give a name with at least one visible sign."]},
            id="invisible-other-name",
        ),
    ],
)
def test_what_the_form_refuses(admin_client, fields, errors):
    SpeakerFactory(slug="taken")
    speaker = SpeakerAliasFactory(name="Other name").speaker

    response = save(admin_client, change(speaker), **fields)

    assert response.status_code == 200
    assert errors_of(response) == errors


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        pytest.param("", {"name": ["Give a name with at least one visible sign."]}, id="nothing"),
        pytest.param(
            "OTHER name", {"__all__": ["The speaker has this other name already."]}, id="twice"
        ),
    ],
)
def test_what_the_form_of_other_names_refuses(admin_client, name, errors):
    speaker = SpeakerAliasFactory(name="Other name").speaker

    response = save(
        admin_client, "/admin/speakers/speakeralias/add/", name=name, speaker=speaker.pk
    )

    assert errors_of(response) == errors
    assert SpeakerAlias.objects.count() == 1


def test_namesakes_are_two_people(admin_client):
    SpeakerFactory(name="Ada Okafor")

    save(admin_client, ADD, name="Ada Okafor", add_anyway="ada okafor")

    assert list(Speaker.objects.order_by("pk").values_list("slug", flat=True)) == [
        "ada-okafor",
        "ada-okafor-2",
    ]
