"""What a second import of other files does to the fields of a talk that people have edited."""

import datetime as dt

import pytest

from exchange.models import ImportedRecord, ImportRun
from exchange.report import Counts
from exchange.tests.folders import video
from exchange.tests.reading import codes, kept_of, tag_names
from talks.models import Talk

pytestmark = pytest.mark.django_db


def test_everything_that_nobody_edited_follows_the_source(import_talks):
    import_talks({"a": video()})
    before = Talk.objects.values().get()

    result = import_talks(
        {
            "a": video(
                title="Growing oaks",
                description="Patience.",
                recorded="2017-04-04T09:00Z",
                duration=2400,
                language="deu",
                copyright_text=None,
                tags=["oaks"],
                videos=[{"url": "https://vimeo.com/12345"}],
                related_urls=["https://github.com/quill/oaks"],
            )
        }
    )

    talk = Talk.objects.get()
    assert result.counts == Counts(changed=1)
    assert Talk.objects.values().get() == {
        **before,
        "title": "Growing oaks",
        "abstract": "Patience.",
        "given_on": dt.date(2017, 4, 4),
        "sort_date": dt.date(2017, 4, 4),
        "starts_at": dt.datetime(2017, 4, 4, 9, tzinfo=dt.UTC),
        "duration": dt.timedelta(minutes=40),
        "language": "de",
        "licence": "",
    }
    assert tag_names(talk) == ["oaks"]
    assert [(r.provider, r.video_id) for r in talk.recordings.all()] == [("vimeo", "12345")]
    assert [link.url for link in talk.links.all()] == ["https://github.com/quill/oaks"]


def test_a_start_that_nobody_edited_follows_the_source(import_talks):
    import_talks({"a": video(recorded="2017-04-03T10:00+02:00")})

    result = import_talks({"a": video(recorded="2017-04-03T11:30+02:00")})

    assert Talk.objects.get().starts_at == dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC)
    assert codes(result) == []


def test_what_the_file_no_longer_has_is_not_a_change(import_talks):
    import_talks({"a": video()})
    before = Talk.objects.values().get()

    result = import_talks({"a": {"title": before["title"], "speakers": ["Ada Quill"]}})

    talk = Talk.objects.get()
    assert result.counts == Counts(unchanged=1)
    assert Talk.objects.values().get() == before
    assert tag_names(talk) == ["gardening"]
    assert (talk.recordings.count(), talk.links.count()) == (1, 1)


def test_what_the_file_says_is_empty_is_emptied(import_talks):
    import_talks({"a": video()})

    import_talks(
        {"a": video(description="", duration=None, language=None, tags=[], related_urls=[])}
    )

    talk = Talk.objects.get()
    assert (talk.abstract, talk.abstract_format) == ("", "plain")
    assert (talk.duration, talk.language) == (None, "")
    assert (tag_names(talk), talk.links.count()) == ([], 0)


def test_what_cannot_be_used_takes_nothing_away(import_talks):
    import_talks({"a": video()})
    before = Talk.objects.values().get()

    result = import_talks(
        {"a": video(recorded="soon", duration="long", speakers=None, videos=[], language="tlh")}
    )

    assert result.counts == Counts(unchanged=1)
    assert Talk.objects.values().get() == before


@pytest.mark.parametrize(
    ("edit", "source"),
    [
        pytest.param({"title": "Mine"}, {"title": "Theirs"}, id="title"),
        pytest.param({"abstract": "Mine"}, {"description": "Theirs"}, id="abstract"),
        pytest.param({"abstract_format": "markdown"}, {"description": "Theirs"}, id="format"),
        pytest.param({"language": "fr"}, {"language": "deu"}, id="language"),
        pytest.param({"licence": "Mine"}, {"copyright_text": "Theirs"}, id="licence"),
        pytest.param({"given_on": dt.date(2017, 4, 5)}, {"recorded": "2017-04-04"}, id="day"),
        pytest.param({"given_on": None}, {"recorded": "2017-04-04T09:00Z"}, id="no-day"),
        pytest.param({"duration": dt.timedelta(minutes=5)}, {"duration": 900}, id="duration"),
        pytest.param({"speakers_note": "Panel"}, {"speakers": ["TBA"]}, id="note"),
    ],
)
def test_an_edited_field_is_kept_and_reported(import_talks, edit, source):
    import_talks({"a": video()})
    Talk.objects.update(**edit)

    result = import_talks({"a": video(**source)})

    talk = Talk.objects.get()
    assert {name: getattr(talk, name) for name in edit} == edit
    assert "field.kept" in codes(result)
    assert kept_of("a")


def test_one_edited_field_does_not_hold_the_others(import_talks):
    import_talks({"a": video()})
    Talk.objects.update(title="Mine")

    result = import_talks({"a": video(title="Theirs", language="deu")})

    talk = Talk.objects.get()
    assert (talk.title, talk.language) == ("Mine", "de")
    assert result.counts == Counts(changed=1)
    assert kept_of("a") == {"title": "Theirs"}
    assert [(i.finding.code, i.location, i.record, i.value) for i in result.issues] == [
        ("field.kept", "title", "Mine", "Theirs")
    ]


def test_an_edit_stays_through_any_number_of_versions(import_talks):
    import_talks({"a": video()})
    Talk.objects.update(title="Mine")

    for title in ("First", "Second", "Third"):
        import_talks({"a": video(title=title)})

    assert Talk.objects.get().title == "Mine"
    assert kept_of("a") == {"title": "Third"}


def test_a_field_is_the_sources_again_when_both_say_the_same(import_talks):
    import_talks({"a": video()})
    Talk.objects.update(title="Mine")
    import_talks({"a": video(title="Theirs")})
    Talk.objects.update(title="Theirs")

    import_talks({"a": video(title="Theirs, revised")})

    assert Talk.objects.get().title == "Theirs, revised"
    assert kept_of("a") == {}


def test_a_talk_with_nothing_but_kept_values_is_unchanged(import_talks):
    import_talks({"a": video()})
    Talk.objects.update(title="Mine")

    assert import_talks({"a": video(title="Theirs")}).counts == Counts(unchanged=1)


def test_an_address_stays_when_the_title_changes(import_talks):
    import_talks({"a": video()})

    import_talks({"a": video(title="Growing oaks")})

    assert Talk.objects.get().slug == "growing-bonsai-in-production"


def test_what_was_announced_stays(import_talks):
    import_talks({"a": video()})
    announced = Talk.objects.get().announced

    import_talks({"a": video(title="Growing oaks", speakers=["Bo Fern"])})

    assert Talk.objects.get().announced == announced


def test_each_run_that_wrote_something_is_kept(import_talks):
    import_talks({"a": video()})
    import_talks({"a": video()})
    import_talks({"a": video(title="Growing oaks")})

    runs = ImportRun.objects.order_by("pk")
    assert [(run.counts["new"], run.counts["changed"]) for run in runs] == [(1, 0), (0, 1)]
    assert ImportedRecord.objects.get(external_id="a").changed_by == runs[1]
