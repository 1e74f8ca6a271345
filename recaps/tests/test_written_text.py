"""What a recap's text becomes when it is written: HTML, an address, a moment of change."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.factories import UserFactory
from foundation.text.markdown import RENDERER_VERSION
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.writing import write_recap
from talks.factories import TalkFactory

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)


def unwritten(**fields):
    """Return a recap that no database knows."""
    return Recap(**{"talk": TalkFactory(), "author": UserFactory(), "title": "Notes", **fields})


def test_a_recap_is_written_with_its_html_and_address():
    recap = write_recap(unwritten(title="Why, oh why?", body="So *that*."))

    recap.refresh_from_db()
    assert (recap.slug, recap.renderer_version) == ("why-oh-why", RENDERER_VERSION)
    assert "<em>that</em>" in recap.body_html


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Notes", "notes-2"), ("🐍", "snake"), ("---", "recap"), ("日本語", "日本語")],
)
def test_an_address_is_made_from_the_title(title, slug):
    RecapFactory(title="Notes")

    assert write_recap(unwritten(title=title)).slug == slug


def test_changed_text_brings_new_html():
    recap = RecapFactory(body="old")

    recap.body = "<script>alert(1)</script> **new**"
    write_recap(recap)

    recap.refresh_from_db()
    assert "<strong>new</strong>" in recap.body_html
    assert "<script" not in recap.body_html


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        pytest.param({"body": "other"}, True, id="text"),
        pytest.param({"title": "Other"}, True, id="title"),
        pytest.param({"status": "draft"}, False, id="state"),
        pytest.param({"summary": "In short."}, True, id="summary"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_the_moment_of_change_moves_with_what_is_read(change, moves):
    recap = RecapFactory(title="Same", body="same")
    recap.updated_at = LONG_AGO
    recap.save()
    for name, value in change.items():
        setattr(recap, name, value)

    write_recap(recap)

    recap.refresh_from_db()
    assert (recap.updated_at != LONG_AGO) == moves


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"talk": None}, id="about-nothing"),
        pytest.param({"status": "published"}, id="published-without-a-moment"),
        pytest.param({"slug": "a/b"}, id="address-with-a-slash"),
        pytest.param({"body": "x" * 200_001}, id="long-text"),
    ],
)
def test_what_the_model_forbids_is_not_written(fields):
    with pytest.raises(ValidationError):
        write_recap(unwritten(**fields))

    assert Recap.objects.count() == 0
