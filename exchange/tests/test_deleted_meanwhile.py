"""What a person deletes while its event is imported, between any two statements of the import."""

from itertools import count

import pytest
from django.db import OperationalError, connection, transaction

from conferences.models import Conference
from exchange.library.locking import ReadAgain
from exchange.models import ImportedRecord, ImportSource
from exchange.tests.folders import import_pyvideo, video, write_event
from exchange.tests.test_import_faults import in_threads
from speakers.models import Speaker
from talks.models import Recording, Tag, TaggedTalk, Talk, TalkLink, TalkSpeaker

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = {
    "a": video(title="First", speakers=["Ada Quill", "Ben Oak"], tags=["oaks", "gone"]),
    "b": video(title="Other", videos=[{"url": "https://vimeo.com/1"}]),
}
AFTER = {
    "a": video(
        title="First again",
        speakers=["Ben Oak", "Ada Quill", "Cleo Elm"],
        tags=["oaks", "elms"],
        videos=[{"type": "vimeo", "url": BEFORE["a"]["videos"][0]["url"]}],
        related_urls=[{"label": "Code", "url": "https://bonsai.example/slides.pdf"}],
    ),
    "b": video(title="Other", videos=[{"url": "https://vimeo.com/1"}], description="New"),
    "c": video(title="Third", speakers=["Ada Quill"], videos=[{"url": "https://vimeo.com/3"}]),
}


class Seam:
    """Lets another connection act once, before the n-th statement of this one."""

    def __init__(self, number, act, before):
        self.left, self.act, self.before = number, act, before
        self.was_reached, self.deleted = False, set()

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            self.was_reached = True
            assert in_threads(self._act) == []
        return execute(sql, params, many, context)

    def _act(self):
        self.act()
        self.deleted = self.before - part_keys()


def part_keys():
    """Return what tells the rows that belong to talks."""
    return {(part, pk) for part in PARTS for pk in part.objects.values_list("pk", flat=True)}


def delete(*querysets):
    """Delete rows, the first ones first, unless somebody holds one of them."""
    try:
        with transaction.atomic():
            for rows in querysets:
                list(rows.select_for_update(nowait=True, of=("self",)))
            for rows in querysets:
                rows.delete()
    except OperationalError:
        return  # the import holds it: a person waits until it is done


def a_talk():
    talks = Talk.objects.filter(title__startswith="First")
    parts = (TalkSpeaker, Recording, TalkLink)
    belonging = [part.objects.filter(talk__in=talks) for part in parts]
    records = ImportedRecord.objects.filter(talk__in=talks)
    try:
        with transaction.atomic():
            list(records.select_for_update(nowait=True, of=("self",)))
            delete(TaggedTalk.objects.filter(content_object__in=talks), *belonging, talks)
    except OperationalError:
        return


def a_conference():
    delete(
        ImportedRecord.objects.all(),
        *(part.objects.all() for part in (TaggedTalk, TalkSpeaker, Recording, TalkLink, Talk)),
        Conference.objects.all(),
    )


def people_and_tags():
    named = {"speaker__name": "Ada Quill"}
    delete(TalkSpeaker.objects.filter(**named), Speaker.objects.filter(name="Ada Quill"))
    delete(TaggedTalk.objects.filter(tag__name="oaks"), Tag.objects.filter(name="oaks"))


def parts():
    delete(Recording.objects.all())
    delete(TalkLink.objects.all())
    delete(TalkSpeaker.objects.filter(speaker__name="Ada Quill"))
    delete(TaggedTalk.objects.filter(tag__name="oaks"))


DELETED = {
    "talk": a_talk,
    "conference": a_conference,
    "people and tags": people_and_tags,
    "parts": parts,
    "records": lambda: delete(ImportedRecord.objects.all()),
    "source": lambda: delete(ImportedRecord.objects.all(), ImportSource.objects.all()),
}
PARTS = (Recording, TalkLink, TalkSpeaker, TaggedTalk)


def emptied():
    delete(ImportSource.objects.all(), Talk.objects.all(), Conference.objects.all())
    delete(Speaker.objects.all(), Tag.objects.all())


@pytest.mark.walks
@pytest.mark.parametrize("what", DELETED)
def test_nothing_that_is_deleted_meanwhile_ends_an_import_or_comes_back(what, tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    write_event(before, BEFORE)
    write_event(after, AFTER)
    for number in count(1):
        emptied()
        import_pyvideo(before)
        seam = Seam(number, DELETED[what], part_keys())
        with connection.execute_wrapper(seam):
            report = import_pyvideo(after)

        assert "event.refused" not in [issue.finding.code for issue in report.all_issues]
        assert seam.deleted & part_keys() == set(), f"brought back at statement {number}"
        assert what == "conference" or Talk.objects.filter(title="Third").count() == 1
        if what == "talk" and seam.deleted:
            assert not Talk.objects.filter(title__startswith="First").exists()
        if not seam.was_reached:
            break
    assert number > 20


def test_what_is_deleted_again_and_again_is_reported(tmp_path, monkeypatch):
    before, after = tmp_path / "before", tmp_path / "after"
    write_event(before, BEFORE)
    write_event(after, AFTER)
    import_pyvideo(before)

    def gone(*_args):
        raise ReadAgain

    monkeypatch.setattr("exchange.library.event._known_talks", gone)
    report = import_pyvideo(after)

    assert [issue.finding.code for issue in report.all_issues] == ["event.refused"]
    assert Talk.objects.filter(title="First").exists()
