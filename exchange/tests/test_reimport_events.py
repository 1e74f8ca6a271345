"""What a second import of other files does to a conference and to the list of its talks."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from conferences.models import Conference
from exchange.models import ImportedRecord
from exchange.report import Counts
from exchange.tests.folders import ABSENT, video
from exchange.tests.reading import codes, kept_of
from talks.models import Talk

pytestmark = pytest.mark.django_db


def mulch(title="Mulch"):
    return video(title=title, videos=[{"url": "https://vimeo.com/99999"}])


def test_a_vanished_talk_is_marked_and_kept_and_unmarked_when_it_is_back(import_talks):
    import_talks({"a": video(), "b": mulch()})

    gone = import_talks({"a": video()})

    assert gone.counts == Counts(unchanged=1, gone=1)
    assert codes(gone) == ["talk.gone"]
    assert Talk.objects.count() == 2
    assert ImportedRecord.objects.get(external_id="b").gone_at is not None
    assert import_talks({"a": video()}).counts == Counts(unchanged=1)

    back = import_talks({"a": video(), "b": mulch()})

    assert back.counts == Counts(unchanged=2, back=1)
    assert codes(back) == ["talk.back"]
    assert ImportedRecord.objects.get(external_id="b").gone_at is None


@pytest.mark.parametrize("content", ["{", {"title": ""}], ids=["unreadable", "untitled"])
def test_a_talk_whose_file_is_broken_is_not_gone(import_talks, content):
    import_talks({"a": video(), "b": mulch()})

    result = import_talks({"a": video(), "b": content})

    assert result.counts == Counts(unchanged=1, skipped=1)
    assert ImportedRecord.objects.get(external_id="b").gone_at is None


def test_a_file_with_a_new_name_is_reported_as_a_possible_rename(import_talks):
    import_talks({"old": video(), "b": mulch()})

    result = import_talks({"new": video(title="Bonsai"), "b": mulch()})

    found = [(i.finding.code, i.file, i.value) for i in result.issues]
    assert ("talk.renamed", "treecon-2017/videos/new.json", "old") in found
    assert result.counts == Counts(new=1, unchanged=1, gone=1)


def test_a_talk_that_a_person_deleted_does_not_come_back(import_talks):
    import_talks({"a": video(), "b": mulch()})
    Talk.objects.get(title="Mulch").delete()

    for title in ("Mulch", "Mulch, revised"):
        result = import_talks({"a": video(), "b": mulch(title)})
        assert result.counts == Counts(unchanged=1, skipped=1)
        assert codes(result) == ["talk.deleted"]
    assert [talk.title for talk in Talk.objects.all()] == ["Growing bonsai in production"]


def test_a_deleted_talk_comes_back_when_its_record_is_deleted_too(import_talks):
    import_talks({"a": video(), "b": mulch()})
    Talk.objects.get(title="Mulch").delete()
    ImportedRecord.objects.get(external_id="b").delete()

    assert import_talks({"a": video(), "b": mulch()}).counts == Counts(new=1, unchanged=1)


def test_a_conference_that_was_deleted_with_its_talks_comes_in_anew(import_talks):
    import_talks({"a": video()})
    Talk.objects.all().delete()
    Conference.objects.all().delete()

    assert import_talks({"a": video()}).counts == Counts(new=1)


def test_talks_that_moved_to_another_conference_stay_there(import_talks):
    import_talks({"a": video()})
    mine = ConferenceFactory(title="Mine")
    deleted = Conference.objects.exclude(pk=mine.pk)
    Talk.objects.update(conference=mine)
    deleted.delete()

    result = import_talks({"a": video(title="Bonsai, revised"), "b": mulch()})

    assert result.counts == Counts(new=1, changed=1)
    assert {talk.conference.title for talk in Talk.objects.all()} == {"Mine"}
    assert Conference.objects.count() == 1
    assert import_talks({"a": video(title="Bonsai, revised"), "b": mulch()}).counts == (
        Counts(unchanged=2)
    )


@pytest.mark.parametrize("category", [None, "{"], ids=["missing", "broken"])
def test_nothing_of_a_known_event_changes_without_a_readable_category(import_talks, category):
    import_talks({"a": video(), "b": mulch()})
    before = (list(Talk.objects.values()), list(ImportedRecord.objects.values()))

    result = import_talks({"a": video(title="Theirs"), "c": video(title="New")}, category=category)

    assert (list(Talk.objects.values()), list(ImportedRecord.objects.values())) == before
    assert result.counts == Counts(skipped=2)
    assert codes(result)[-3:] == ["event.left_alone", "talk.left_alone", "talk.left_alone"]


def test_a_known_event_without_any_readable_talk_loses_none(import_talks):
    import_talks({"a": video()})

    result = import_talks({"b": "{"})

    assert result.counts == Counts(skipped=1)
    assert ImportedRecord.objects.get(external_id="a").gone_at is None


def test_a_title_taken_from_the_folder_gives_way_to_the_real_one(import_talks):
    import_talks({"a": video()}, category=None)

    import_talks({"a": video()})

    assert Conference.objects.get().title == "TreeCon 2017"


def test_conference_fields_that_a_person_edited_are_kept(import_talks):
    import_talks({"a": video()}, category={"title": "TreeCon", "description": "Old"})
    Conference.objects.update(title="Mine")

    result = import_talks({"a": video()}, category={"title": "TreeCon!", "description": "New"})

    conference = Conference.objects.get()
    assert (conference.title, conference.description) == ("Mine", "New")
    assert kept_of("treecon-2017") == {"title": "TreeCon!"}
    assert codes(result) == ["field.kept"]


def test_estimated_dates_are_estimated_anew(import_talks):
    import_talks({"a": video()})

    import_talks({"a": video(recorded="2017-04-01"), "b": mulch()})

    conference = Conference.objects.get()
    assert (conference.starts_on, conference.ends_on) == (dt.date(2017, 4, 1), dt.date(2017, 4, 3))


@pytest.mark.parametrize("estimated", [True, False], ids=["still-marked", "certain"])
def test_an_estimate_never_replaces_dates_that_a_person_gave(import_talks, estimated):
    import_talks({"a": video()})
    days = {"starts_on": dt.date(2017, 4, 2), "ends_on": dt.date(2017, 4, 6)}
    Conference.objects.update(**days, dates_estimated=estimated)

    import_talks({"a": video(recorded="2017-05-01")})

    assert Conference.objects.values(*days).get() == days


def test_an_estimate_never_replaces_dates_that_the_source_gave(import_talks):
    told = {"title": "TreeCon", "start_date": "2017-04-02", "end_date": "2017-04-06"}
    import_talks({"a": video()}, category=told)

    import_talks({"a": video(recorded="2017-05-01")}, category={"title": "TreeCon"})

    conference = Conference.objects.get()
    assert (conference.starts_on, conference.dates_estimated) == (dt.date(2017, 4, 2), False)


def test_an_absent_day_is_filled_in_when_nobody_did(import_talks):
    import_talks({"a": video(recorded=ABSENT)})

    import_talks({"a": video(recorded="2017-04-04")})

    assert Talk.objects.get().given_on == dt.date(2017, 4, 4)
    assert Conference.objects.get().starts_on == dt.date(2017, 4, 4)
