"""What a second import does to speakers, tags, recordings and links that people have edited."""

import pytest

from exchange.report import Counts
from exchange.tests.folders import video
from exchange.tests.reading import codes, kept_of, tag_names
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import Speaker
from talks.factories import TagAliasFactory, TagFactory
from talks.models import Talk
from tests.tools.pages import targets

pytestmark = pytest.mark.django_db


def test_tags_are_merged_one_by_one(import_talks):
    import_talks({"a": video(tags=["trees", "roots", "soil"])})
    talk = Talk.objects.get()
    talk.tags.remove("roots")
    talk.tags.add("mine")

    result = import_talks({"a": video(tags=["trees", "roots", "water"])})

    assert tag_names(talk) == ["mine", "trees", "water"]
    assert result.counts == Counts(changed=1)
    assert kept_of("a") == {"tags": ["trees", "roots", "water"]}


def test_tags_are_merged_through_their_synonyms(import_talks):
    import_talks({"a": video(tags=["arbour", "soil"])})
    talk = Talk.objects.get()
    trees = TagFactory(name="trees")
    arbour = talk.tags.get(name="arbour")
    talk.tags.remove(arbour)
    arbour.delete()
    TagAliasFactory(tag=trees, name="arbour")
    talk.tags.add(trees)

    result = import_talks({"a": video(tags=["Arbour", "soil", "water"])})

    assert tag_names(talk) == ["soil", "trees", "water"]
    assert kept_of("a") == {}
    assert codes(result) == []


def test_links_and_recordings_are_merged_one_by_one(import_talks):
    one, two, three = (f"https://trees.example/{n}" for n in (1, 2, 3))
    mine = "https://mine.example/"
    import_talks({"a": video(related_urls=[one, two], videos=[{"url": one}, {"url": two}])})
    talk = Talk.objects.get()
    for rows in (talk.links, talk.recordings):
        rows.get(url=one).delete()
        rows.create(url=mine)

    import_talks({"a": video(related_urls=[one, three], videos=[{"url": one}, {"url": three}])})

    assert sorted(talk.links.values_list("url", flat=True)) == [mine, three]
    assert sorted(talk.recordings.values_list("url", flat=True)) == [mine, three]


def test_a_links_label_follows_the_source_unless_it_was_edited(import_talks):
    def labelled(first, second):
        urls = [{"url": "https://a.example/", "label": first}]
        return video(related_urls=[*urls, {"url": "https://b.example/", "label": second}])

    import_talks({"a": labelled("A", "B")})
    talk = Talk.objects.get()
    talk.links.filter(label="A").update(label="Mine")

    import_talks({"a": labelled("A, revised", "B, revised")})

    assert sorted(talk.links.values_list("label", flat=True)) == ["B, revised", "Mine"]


def test_a_new_recording_comes_behind_those_that_are_there(import_talks):
    first, second = {"url": "https://vimeo.com/11111"}, {"url": "https://vimeo.com/22222"}
    import_talks({"a": video(videos=[first])})

    import_talks({"a": video(videos=[second, first])})

    recordings = Talk.objects.get().recordings
    assert list(recordings.values_list("video_id", "position")) == [("11111", 0), ("22222", 1)]


def credited(talk):
    return [credit.speaker.name for credit in talk.credits.order_by("position")]


def test_speakers_follow_the_source_and_keep_their_order(import_talks):
    import_talks({"a": video(speakers=["Ada Quill", "Bo Fern"])})

    result = import_talks({"a": video(speakers=["Cy Moss", "Bo Fern", "Ada Quill"])})

    assert credited(Talk.objects.get()) == ["Cy Moss", "Bo Fern", "Ada Quill"]
    assert (result.counts, codes(result)) == (Counts(changed=1), [])


def test_speakers_who_stay_keep_their_role_and_spelling(import_talks):
    import_talks({"a": video(speakers=["Ada Quill", "Bo Fern"])})
    Talk.objects.get().credits.filter(position=1).update(role="moderator", credited_as="B. Fern")

    import_talks({"a": video(speakers=["Bo Fern", "Cy Moss"])})

    rows = Talk.objects.get().credits.order_by("position")
    assert [(c.speaker.name, c.role, c.credited_as) for c in rows] == [
        ("Bo Fern", "moderator", "B. Fern"),
        ("Cy Moss", "speaker", ""),
    ]


def _add_one(talk):
    talk.credits.create(speaker=SpeakerFactory(name="Mine"), position=9)


def _remove_one(talk):
    talk.credits.filter(position=1).delete()


def _swap(talk):
    first, second = talk.credits.order_by("position")
    talk.credits.filter(pk=first.pk).update(position=1)
    talk.credits.filter(pk=second.pk).update(position=0)


@pytest.mark.parametrize(
    ("edit", "names"),
    [
        pytest.param(_add_one, ["Ada Quill", "Bo Fern", "Mine"], id="one-added"),
        pytest.param(_remove_one, ["Ada Quill"], id="one-removed"),
        pytest.param(_swap, ["Bo Fern", "Ada Quill"], id="order-changed"),
    ],
)
def test_speakers_are_kept_as_one_list_once_a_person_edited_it(import_talks, edit, names):
    import_talks({"a": video(speakers=["Ada Quill", "Bo Fern"])})
    edit(Talk.objects.get())

    result = import_talks({"a": video(speakers=["Ada Quill", "Cy Moss"])})

    assert credited(Talk.objects.get()) == names
    assert kept_of("a") == {"speakers": ["Ada Quill", "Cy Moss"]}
    assert codes(result) == ["field.kept"]
    assert not Speaker.objects.filter(name="Cy Moss").exists()


def test_merging_two_people_is_no_edit(import_talks):
    import_talks({"a": video(speakers=["Ada Quill", "Bo Fern"])})
    ada, _bo = Speaker.objects.order_by("name")
    merged = SpeakerFactory(name="Adelheid Quill")
    SpeakerAliasFactory(speaker=merged, name=ada.name)
    Talk.objects.get().credits.filter(speaker=ada).update(speaker=merged)
    ada.delete()

    result = import_talks({"a": video(speakers=["Ada Quill", "Bo Fern", "Cy Moss"])})

    assert credited(Talk.objects.get()) == ["Adelheid Quill", "Bo Fern", "Cy Moss"]
    assert codes(result) == []


def test_an_import_that_brings_a_recording_reaches_the_recaps(import_talks):
    url = "https://vimeo.com/123456"
    import_talks({"talk": video(videos=[])})
    RecapFactory(talk=Talk.objects.get(), body="At [0:10].")

    def moments():
        return targets(Recap.objects.get().html, class_="timestamp")

    assert moments() == []

    import_talks({"talk": video(videos=[{"url": url}])})

    assert moments() == [f"{url}#t=10s"]
