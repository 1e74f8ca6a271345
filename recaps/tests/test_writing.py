"""The verb that saves recaps: addresses, versions, and what it refuses."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import OldRecapSlug, Recap, RecapVersion
from recaps.states import delete_for_good
from recaps.writing import RecapConflict, write_recap
from talks.factories import TalkFactory

pytestmark = pytest.mark.django_db


def _versions(recap):
    return list(recap.versions.order_by("number").values_list("number", "author", "body"))


def _written(**fields):
    """Write a recap as a program would: the verb checks it."""
    return write_recap(Recap(author=UserFactory(), **{"title": "T", "slug": "t", **fields}))


def test_a_talks_recap_takes_the_talks_title_and_address():
    recap = RecapFactory(talk=TalkFactory(title="On tests"), title="", slug="")

    assert (recap.title, recap.slug, str(recap)) == ("", "on-tests", "On tests")


def test_a_conferences_recap_needs_a_title():
    conference = ConferenceFactory()

    with pytest.raises(ValidationError, match="A recap of a conference needs a title"):
        _written(conference=conference, title="")
    with pytest.raises(IntegrityError, match="recap_has_a_title"), transaction.atomic():
        Recap.objects.bulk_create([Recap(conference=conference, author=UserFactory(), slug="s")])


WRONG = [
    pytest.param({"verdict": "partly"}, "A verdict is about a talk.", id="verdict"),
    pytest.param({"part_number": 1}, "give both numbers", id="number-without-count"),
    pytest.param({"part_count": 2}, "give both numbers", id="count-without-number"),
    pytest.param({"part_number": 3, "part_count": 2}, "give both numbers", id="third-of-two"),
    pytest.param({"part_number": 0, "part_count": 2}, "give both numbers", id="part-zero"),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_what_a_conferences_recap_refuses(fields, said):
    conference = ConferenceFactory()

    with pytest.raises(ValidationError, match=said):
        _written(conference=conference, **fields)
    row = Recap(title="T", slug="t", author=UserFactory(), conference=conference, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recap.objects.bulk_create([row])


def test_a_talks_recap_has_no_parts():
    with pytest.raises(ValidationError, match="Parts are those of a conference"):
        _written(talk=TalkFactory(), part_number=1, part_count=2)


def test_the_day_is_that_of_a_conferences_recap():
    talk, day = TalkFactory(), dt.date(2017, 4, 4)

    with pytest.raises(ValidationError, match="A day is that of a conference's recap"):
        _written(talk=talk, day=day)
    row = Recap(title="T", slug="t", author=UserFactory(), talk=talk, day=day)
    with pytest.raises(IntegrityError, match="day_is_of_a_conference"), transaction.atomic():
        Recap.objects.bulk_create([row])
    assert _written(conference=ConferenceFactory(), day=day).day == day


def test_every_changed_text_is_kept_with_who_saved_it():
    recap, editor = RecapFactory(body="One."), UserFactory(role="Curators")
    recap.body = "Two."
    write_recap(recap, by=editor)
    recap.language = "en"
    write_recap(recap, by=editor)
    recap.summary = "Short."
    write_recap(recap)

    author = recap.author_id
    kept = [(1, author, "One."), (2, editor.pk, "Two."), (4, author, "Two.")]
    assert (_versions(recap), recap.version) == (kept, 4)


def test_updated_at_means_that_the_text_changed():
    recap, moment = RecapFactory(), dt.datetime(2017, 5, 1, tzinfo=dt.UTC)
    Recap.objects.update(updated_at=moment)
    recap.refresh_from_db()

    recap.language = "de"
    same = write_recap(recap).updated_at
    recap.body = "Else."

    assert (same, write_recap(recap).updated_at > moment) == (moment, True)


def test_a_second_write_from_the_same_version_changes_nothing():
    first = RecapFactory(slug="s")
    second = Recap.objects.get()
    first.body, second.body, second.slug = "First.", "Second.", "other"
    write_recap(first)

    with pytest.raises(RecapConflict):
        write_recap(second)

    stored = Recap.objects.get()
    assert (stored.body, stored.slug, stored.version) == ("First.", "s", 2)
    assert "First." in stored.body_html
    assert (RecapVersion.objects.count(), OldRecapSlug.objects.count()) == (2, 0)


def test_a_recap_that_is_gone_is_a_conflict():
    recap = RecapFactory()
    delete_for_good(Recap.objects.all())

    with pytest.raises(RecapConflict):
        write_recap(recap)


def test_a_changed_address_leaves_the_old_one_working(client):
    recap = RecapFactory(slug="before")
    recap.slug = "after"

    write_recap(recap)

    assert client.get("/recaps/before/").headers["Location"] == "/recaps/after/"


def test_who_may_not_publish_writes_nothing_published():
    author = UserFactory(role="Note-takers")
    recap = RecapFactory(author=author, draft=True)
    recap.status, recap.published_at = "published", dt.datetime(2199, 1, 1, tzinfo=dt.UTC)

    with pytest.raises(PermissionDenied):
        write_recap(recap, by=author)

    assert Recap.objects.get().status == "draft"
