import pytest

from exchange.tests.folders import video
from exchange.tests.reading import codes
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import Speaker
from talks.factories import TalkFactory
from talks.models import Talk

pytestmark = pytest.mark.django_db


def credits_of(title):
    rows = Talk.objects.get(title=title).credits.order_by("position")
    return [(credit.speaker, credit.credited_as) for credit in rows]


@pytest.mark.parametrize(
    ("spelling", "credited_as"),
    [
        pytest.param("Zoë Fern", "", id="same"),
        pytest.param("ZOË  FERN", "ZOË FERN", id="case-and-space"),
        pytest.param("Zoe\u0308 Fern", "", id="not-nfc"),
        pytest.param("Zoë\u200b Fern", "", id="invisible"),
    ],
)
def test_a_name_means_the_one_person_who_has_it(import_talks, spelling, credited_as):
    zoe = SpeakerFactory(name="Zoë Fern")

    import_talks({"a": video(title="Moss", speakers=[spelling])})

    assert credits_of("Moss") == [(zoe, credited_as)]


@pytest.mark.parametrize("name", ["Zoe Fern", "Fern Zoë", "Z. Fern"])
def test_accents_order_and_initials_are_for_people_to_judge(import_talks, name):
    SpeakerFactory(name="Zoë Fern")

    import_talks({"a": video(speakers=[name])})

    assert sorted(Speaker.objects.values_list("name", flat=True)) == sorted([name, "Zoë Fern"])


def test_a_name_means_the_person_who_has_it_as_another_name(import_talks):
    zoe = SpeakerFactory(name="Zoë Fern")
    SpeakerAliasFactory(speaker=zoe, name="Zoe Moss")

    import_talks({"a": video(title="Moss", speakers=["Zoe Moss", "Zoë Fern"])})

    assert credits_of("Moss") == [(zoe, "Zoe Moss")]


def test_of_namesakes_a_name_means_the_one_at_the_same_conference(import_talks):
    import_talks({"a": video(speakers=["Zoë Fern"])})
    here = Speaker.objects.get()
    elsewhere = SpeakerFactory(name="Zoë Fern", slug="zoe-2")
    TalkFactory(speakers=[elsewhere])

    result = import_talks(
        {"a": video(speakers=["Zoë Fern"]), "b": video(title="Moss", speakers=["Zoë Fern"])}
    )

    assert credits_of("Moss") == [(here, "")]
    assert "speakers.namesakes" not in codes(result)


def test_of_namesakes_at_one_conference_a_name_means_the_one_on_the_talk(import_talks):
    import_talks({"a": video(speakers=["Zoë Fern"]), "b": video(title="M", speakers=["Zoë Fern"])})
    first, second = Speaker.objects.get(), SpeakerFactory(name="Zoë Fern", slug="zoe-2")
    Talk.objects.get(title="M").credits.update(speaker=second)

    import_talks(
        {
            "a": video(speakers=["Zoë Fern", "Ada Quill"]),
            "b": video(title="M", speakers=["Zoë Fern", "Ada Quill"]),
        }
    )

    ada = Speaker.objects.get(name="Ada Quill")
    assert credits_of("Growing bonsai in production") == [(first, ""), (ada, "")]
    assert credits_of("M") == [(second, ""), (ada, "")]


def test_where_nobody_can_tell_namesakes_apart_a_new_person_is_made(import_talks):
    known = [SpeakerFactory(name="Zoë Fern", slug=f"zoe-{n}") for n in range(2)]

    result = import_talks(
        {"a": video(title="Moss", speakers=["Zoë Fern"]), "b": video(speakers=["Zoë Fern"])}
    )

    made = Speaker.objects.exclude(pk__in=[person.pk for person in known]).get()
    assert credits_of("Moss") == credits_of("Growing bonsai in production") == [(made, "")]
    found = [(i.finding.code, i.value) for i in result.issues]
    assert ("speakers.namesakes", "Zoë Fern") in found


def test_addresses_of_new_people_are_free(import_talks):
    zoe = SpeakerFactory(name="Zoë Fern", slug="ada-quill")
    SpeakerAliasFactory(speaker=zoe, name="", slug="ada-quill-2")
    names = ["Ada Quill", "Ada-Quill", "Ada_Quill!", "🌳", "剪定", "Bo Fern"]

    import_talks({"a": video(speakers=names)})

    made = Speaker.objects.exclude(pk=zoe.pk).order_by("pk")
    assert [person.slug for person in made] == [
        "ada-quill-3",
        "ada-quill-4",
        "ada_quill",
        "deciduous-tree",
        "剪定",
        "bo-fern",
    ]


def test_new_people_have_all_that_lists_need(import_talks):
    import_talks({"a": video(speakers=["Zoë Fern"])})

    person = Speaker.objects.get()
    assert (person.key, person.sort_key, person.letter) == ("zoë fern", "zoe fern", "Z")
