import datetime as dt

import pytest
from django.db import connection

from conferences.factories import ConferenceFactory
from conferences.models import Conference, OldConferenceSlug
from exchange.models import ImportedRecord, ImportRun
from exchange.report import Counts
from exchange.tests.folders import import_pyvideo, video, write_event
from exchange.tests.reading import codes
from exchange.tests.snapshots import all_rows
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import OldTalkSlug, Tag, Talk

pytestmark = pytest.mark.django_db


def test_import_makes_a_talk_with_everything(import_talks):
    category = {"title": "TreeCon 2017", "description": "For gardeners", "url": "https://t.example"}

    result = import_talks({"bonsai": video(recorded="2017-04-03T10:00+02:00")}, category=category)

    talk = Talk.objects.get()
    assert result.counts == Counts(new=1)
    assert (talk.title, talk.slug, talk.kind) == (
        "Growing bonsai in production",
        "growing-bonsai-in-production",
        "talk",
    )
    assert talk.given_on == dt.date(2017, 4, 3)
    assert talk.starts_at == dt.datetime(2017, 4, 3, 8, tzinfo=dt.UTC)
    assert talk.duration == dt.timedelta(minutes=30)
    assert (talk.language, talk.licence) == ("en", "CC BY")
    assert (talk.abstract, talk.abstract_format) == ("How to prune a tree.", "rst")
    assert [(c.speaker.name, c.position, c.credited_as) for c in talk.credits.all()] == [
        ("Ada Quill", 0, "")
    ]
    assert [(r.provider, r.url, r.video_id, r.position) for r in talk.recordings.all()] == [
        ("youtube", "https://www.youtube.com/watch?v=bonsai00001", "bonsai00001", 0)
    ]
    assert [(link.kind, link.url, link.label) for link in talk.links.all()] == [
        ("slides", "https://bonsai.example/slides.pdf", "Slides")
    ]
    assert [(t.tag.name, t.added_by) for t in talk.tagged.all()] == [("gardening", None)]
    assert talk.announced == {
        "title": "Growing bonsai in production",
        "abstract": "How to prune a tree.",
        "abstract_format": "rst",
        "room": "",
        "start": "2017-04-03T08:00:00+00:00",
        "speakers": ["Ada Quill"],
    }


def test_import_makes_the_conference(import_talks):
    category = {
        "title": "TreeCon 2017",
        "description": "For gardeners",
        "url": "https://treecon.example/",
        "start_date": "2017-04-03",
        "end_date": "2017-04-05",
    }

    import_talks({"bonsai": video()}, category=category, name="TreeCon-2017@v3")

    conference = Conference.objects.get()
    assert (conference.title, conference.slug) == ("TreeCon 2017", "treecon-2017")
    assert (conference.starts_on, conference.ends_on) == (
        dt.date(2017, 4, 3),
        dt.date(2017, 4, 5),
    )
    assert not conference.dates_estimated
    assert (conference.website, conference.description) == (
        "https://treecon.example/",
        "For gardeners",
    )
    assert (conference.city, conference.country, conference.time_zone) == ("", "", "")


def test_import_estimates_dates_from_the_talks(import_talks):
    import_talks({"a": video(recorded="2017-04-05"), "b": video(recorded="2017-04-03")})

    conference = Conference.objects.get()
    assert (conference.starts_on, conference.ends_on, conference.dates_estimated) == (
        dt.date(2017, 4, 3),
        dt.date(2017, 4, 5),
        True,
    )


def test_import_twice_writes_nothing(import_talks):
    talks = {"a": video(), "b": video(title="Mulch", speakers=["Various speakers"], tags=[])}
    import_talks(talks)
    before = all_rows()

    result = import_talks(talks)

    assert result.counts == Counts(unchanged=2)
    assert all_rows() == before


def test_dry_run_says_the_very_numbers_and_writes_nothing(tmp_path):
    write_event(tmp_path, {"a": video(), "b": "{"})
    write_event(tmp_path, {"a": video()}, name="leafcon")
    before = all_rows()

    dry = import_pyvideo(tmp_path, is_dry_run=True)

    assert all_rows() == before
    assert {**import_pyvideo(tmp_path).as_json(), "dry_run": True} == dry.as_json()


def test_import_skips_what_cannot_be_read(import_talks):
    result = import_talks({"a": "{", "b": video()})

    assert result.counts == Counts(new=1, skipped=1)
    assert codes(result) == ["file.not_json"]


@pytest.mark.parametrize(
    ("talks", "category"),
    [
        pytest.param({"a": "{", "b": {"title": ""}}, {"title": "TreeCon"}, id="none-readable"),
        pytest.param({}, {"title": "TreeCon"}, id="no-files"),
        pytest.param({}, '{"title": "TreeCon",}', id="nothing-at-all"),
    ],
)
def test_import_of_an_event_without_a_readable_talk_makes_nothing(import_talks, talks, category):
    before = all_rows()

    result = import_talks(talks, category=category)

    assert result.counts == Counts(skipped=len(talks))
    assert codes(result)[-1] == "event.no_talks"
    assert all_rows() == before


@pytest.mark.parametrize(
    "category", [None, "{", {"title": " "}], ids=["missing", "broken", "blank"]
)
def test_import_of_an_unknown_event_without_a_title_takes_the_folders(import_talks, category):
    result = import_talks({"a": video()}, category=category)

    assert Conference.objects.get().title == "treecon-2017"
    assert codes(result)[-1] == "event.no_title"


def test_talk_addresses_are_unique_and_not_our_own(import_talks):
    conference = ConferenceFactory(slug="treecon-2017")
    titles = ["Mulch", "mulch!", "Speakers", "🌳", "---", "剪定"]

    import_talks({str(n): video(title=title) for n, title in enumerate(titles)})

    talks = Talk.objects.exclude(conference=conference).order_by("id")
    assert [talk.slug for talk in talks] == [
        "mulch",
        "mulch-2",
        "speakers-talk",
        "deciduous-tree",
        "talk",
        "剪定",
    ]


def test_new_addresses_leave_old_ones_alone(import_talks):
    elsewhere = ConferenceFactory(slug="leafcon")
    OldConferenceSlug.objects.create(slug="treecon-2017", conference=elsewhere)
    import_talks({"a": video()})
    talk = Talk.objects.get()
    OldTalkSlug.objects.create(conference=talk.conference, slug="mulch", talk=talk)

    import_talks({"a": video(), "b": video(title="Mulch")})

    assert talk.conference.slug == "treecon-2017-2"
    assert Talk.objects.get(title="Mulch").slug == "mulch-2"


def test_import_does_not_take_over_a_conference_of_the_same_address(import_talks):
    mine = TalkFactory(conference__slug="treecon-2017", conference__title="TreeCon 2017")

    result = import_talks({"a": video()})

    assert Conference.objects.exclude(pk=mine.conference_id).get().slug == "treecon-2017-2"
    assert codes(result) == ["event.address_taken"]


def test_import_uses_tags_by_key_and_synonym(import_talks):
    trees = TagFactory(name="Trees")
    TagAliasFactory(tag=trees, name="arboriculture")

    import_talks({"a": video(tags=["trees", "Arboriculture", "roots"])})

    assert [t.tag.name for t in Talk.objects.get().tagged.order_by("tag__name")] == [
        "Trees",
        "roots",
    ]
    assert Tag.objects.count() == 2


def test_import_keeps_whom_the_programme_names_where_it_names_nobody(import_talks):
    import_talks({"a": video(speakers=["Various speakers"])})

    talk = Talk.objects.get()
    assert (talk.speakers.count(), talk.speakers_note) == (0, "Various speakers")


def test_import_reports_possible_duplicates_and_imports_both(import_talks):
    same_video = video(title="Bonsai, once more", speakers=["Bo Fern"])
    same_talk = video(videos=[{"url": "https://vimeo.com/12345"}])

    result = import_talks({"a": video(), "b": same_video, "c": same_talk})

    assert result.counts == Counts(new=3)
    assert [(i.finding.code, i.file, i.value) for i in result.issues] == [
        ("talk.duplicate", f"treecon-2017/videos/{stem}.json", "treecon-2017/videos/a.json")
        for stem in ("b", "c")
    ]


def test_import_keeps_a_record_of_what_it_wrote(import_talks):
    result = import_talks({"a": video(), "b": "{"})

    run = ImportRun.objects.get()
    records = ImportedRecord.objects.order_by("kind", "external_id")
    assert [(r.kind, r.external_id, r.kept, r.changed_by) for r in records] == [
        ("conference", "treecon-2017", {}, run),
        ("talk", "a", {}, run),
    ]
    assert records[1].written["title"] == "Growing bonsai in production"
    assert (str(run.source), run.by) == ("pyvideo folder: treecon-2017", None)
    assert run.counts == result.counts.as_json()
    assert run.report == [issue.as_json() for issue in result.issues]


def test_an_event_that_the_database_refuses_is_reported_and_the_others_come_in(tmp_path):
    write_event(tmp_path, {"a": video()}, name="a-con")
    write_event(tmp_path, {"a": video(), "b": video(title="Mulch")}, name="b-con")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE talks_talk ADD CONSTRAINT x CHECK (title <> 'Mulch')")

    report = import_pyvideo(tmp_path)

    assert [event.counts for event in report.events] == [Counts(new=1), Counts(skipped=2)]
    assert codes(report.events[1])[-1] == "event.refused"
    assert [conference.slug for conference in Conference.objects.all()] == ["a-con"]
