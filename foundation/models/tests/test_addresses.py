"""Rows with one address get another; each address they had goes on leading to them."""

import pytest
from django.db import IntegrityError, transaction

from accounts.factories import UserFactory
from accounts.renaming import rename_author
from conferences.factories import ConferenceFactory, SeriesFactory
from conferences.renaming import rename_conference, rename_series
from recaps.factories import RecapFactory
from recaps.renaming import rename_recap

pytestmark = pytest.mark.django_db

KINDS = {
    "author": (UserFactory, rename_author),
    "conference": (ConferenceFactory, rename_conference),
    "recap": (RecapFactory, rename_recap),
    "series": (SeriesFactory, rename_series),
}


@pytest.fixture(params=KINDS)
def kind(request):
    """A factory, and the verb that renames what it makes."""
    return KINDS[request.param]


def old_addresses(row):
    return set(row.old_slugs.values_list("slug", flat=True))


def test_each_former_address_is_one_step_away(kind):
    factory, rename = kind
    row = factory(slug="first")

    rename(row, slug="second")
    rename(row, slug="third")

    row.refresh_from_db()
    assert row.slug == "third"
    assert old_addresses(row) == {"first", "second"}
    assert list(type(row).objects.at_old_address("first")) == [row]


def test_an_address_taken_back_is_no_old_one(kind):
    factory, rename = kind
    row = factory(slug="first")

    rename(row, slug="second")
    rename(row, slug="first")

    assert old_addresses(row) == {"second"}


def test_the_same_address_is_no_change(kind):
    factory, rename = kind
    row = factory(slug="first")

    rename(row, slug="first")

    assert old_addresses(row) == set()


def test_an_address_that_is_taken_is_refused(kind):
    factory, rename = kind
    factory(slug="taken")
    row = factory(slug="first")

    with pytest.raises(IntegrityError), transaction.atomic():
        rename(row, slug="taken")

    assert old_addresses(row) == set()
