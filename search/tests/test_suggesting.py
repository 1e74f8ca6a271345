"""What is suggested while typing: by how many talks are behind it, whichever word begins so."""

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from search.suggestions import suggestions
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory

pytestmark = pytest.mark.django_db
TAGS = ("C++", "C", ".NET")


def _speaker(name, talks):
    speaker = SpeakerFactory(name=name)
    for number in range(talks):
        TalkFactory(speakers=[speaker], slug=f"{speaker.slug}-{number}")
    return speaker


def test_the_speaker_with_the_most_talks_comes_first():
    for name, talks in [("Andrew Gable", 0), ("Andrew Gum", 5), ("Andrew Gates", 1)]:
        _speaker(name, talks)
    for number in range(6):
        SpeakerFactory(name=f"Andrew Ga {number}")

    assert suggestions("andrew g")[:2] == ["Andrew Gum", "Andrew Gates"]
    assert suggestions("gu") == ["Andrew Gum"]


def test_tags_come_by_use_and_by_any_of_their_words():
    rare, common = TagFactory(name="data lakes"), TagFactory(name="open data")
    for number in range(3):
        TalkFactory(tags=[common] if number else [rare, common])

    assert suggestions("dat") == ["open data", "data lakes"]
    assert suggestions("ata") == []


def test_a_synonym_offers_its_tag():
    tag = TagFactory(name="Kubernetes")
    TalkFactory(tags=[tag])
    TagAliasFactory(tag=tag, name="k8s")

    assert suggestions("k8") == ["Kubernetes"]


def test_another_name_offers_the_speaker():
    alias = SpeakerAliasFactory(name="Zoltan Hat")

    assert suggestions("zoltan") == [alias.speaker.name]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *((typed, "Łódź Days") for typed in ("lodz", "Łódź", "ŁÓD", "łodz d", "Ło\u0301dz\u0301")),
        *((typed, "Ann O'Brien") for typed in ("o'b", "O’B", "brie", "ann o")),
        *((typed, "C++") for typed in ("c++", "C++")),
        *((typed, ".NET") for typed in (".n", ".NET", "net")),
    ],
)
def test_accents_capitals_and_signs_are_as_search_takes_them(typed, name):
    SpeakerFactory(name="Ann O'Brien")
    ConferenceFactory(title="Łódź Days")
    TalkFactory(tags=[TagFactory(name=name, slug=f"t{n}") for n, name in enumerate(TAGS)])

    assert suggestions(typed) == [name]


def test_conferences_come_newest_first_and_series_by_their_editions():
    big, small = SeriesFactory(title="Harbour Talks"), SeriesFactory(title="Harbour Days")
    ConferenceFactory(title="Old Harbour", series=big, starts_on="2015-01-01", ends_on="2015-01-02")
    ConferenceFactory(title="New Harbour", series=big, starts_on="2017-01-01", ends_on="2017-01-02")
    ConferenceFactory(title="Elsewhere", series=small)

    assert suggestions("harb") == ["New Harbour", "Old Harbour", "Harbour Talks", "Harbour Days"]


@pytest.mark.parametrize("state", [{"draft": True}, {"scheduled": True}, {"binned": True}])
def test_what_readers_do_not_know_is_not_suggested(state):
    tag = TagFactory(name="Otter")
    TagAliasFactory(tag=tag, name="Lutra")
    RecapFactory(talk=None, conference=ConferenceFactory(title="Days"), tags=[tag], **state)

    assert (suggestions("otter"), suggestions("lutra")) == ([], [])


@pytest.mark.parametrize(
    "typed", ["((", "a(", "[a", "\\d", ".*", "a{9999}", "%%", "a\\", "*a", "$^"]
)
def test_nothing_typed_is_a_pattern(client, typed):
    SpeakerFactory(name="Ada")

    assert client.get("/search/suggestions/", {"q": typed}).json() == {"suggestions": []}
