"""The commands that come with taggit do what they say for this site's tags."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.writing import write_recap
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_tags_that_nothing_has_go():
    TalkFactory(tags=[TagFactory(name="of a talk")])
    RecapFactory(talk=None, conference=ConferenceFactory(), tags=[TagFactory(name="of a recap")])
    TagFactory(name="mentioned")
    recap = RecapFactory(body="See [[mentioned]].")
    write_recap(recap, by=UserFactory(role="Curators"))
    TagFactory(name="lonely")
    kept = {"of a talk", "of a recap", "mentioned"}

    assert run("remove_orphaned_tags", "--dry-run") == ["lonely", "1 tags would be deleted."]
    assert set(Tag.objects.values_list("name", flat=True)) == {*kept, "lonely"}
    assert run("remove_orphaned_tags") == ["lonely", "1 tags were deleted."]
    assert set(Tag.objects.values_list("name", flat=True)) == kept
    assert run("remove_orphaned_tags") == ["0 tags were deleted."]


def test_no_two_tags_are_the_same():
    TagFactory(name="python")

    [said] = run("deduplicate_tags")

    assert said.startswith("Two tags never differ by case alone here")
    assert Tag.objects.count() == 1
