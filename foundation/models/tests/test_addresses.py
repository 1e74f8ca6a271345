"""Rows with one address get another; each address they had goes on leading to them."""

import pytest
from django.db import IntegrityError, transaction

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.models.old_addresses import change_address
from recaps.factories import RecapFactory

pytestmark = pytest.mark.django_db

KINDS = {
    "author": UserFactory,
    "conference": ConferenceFactory,
    "recap": RecapFactory,
    "series": SeriesFactory,
}


@pytest.fixture(params=KINDS)
def factory(request):
    """A factory of rows with an address."""
    return KINDS[request.param]


def old_addresses(row):
    return set(row.old_slugs.values_list("slug", flat=True))


def test_each_former_address_is_one_step_away(factory):
    row = factory(slug="first")

    change_address(row, slug="second")
    change_address(row, slug="third")

    row.refresh_from_db()
    assert row.slug == "third"
    assert old_addresses(row) == {"first", "second"}
    assert list(type(row).objects.at_old_address("first")) == [row]


def test_an_address_taken_back_is_no_old_one(factory):
    row = factory(slug="first")

    change_address(row, slug="second")
    change_address(row, slug="first")

    assert old_addresses(row) == {"second"}


def test_the_same_address_is_no_change(factory):
    row = factory(slug="first")

    change_address(row, slug="first")

    assert old_addresses(row) == set()


def test_an_address_that_is_taken_is_refused(factory):
    factory(slug="taken")
    row = factory(slug="first")

    with pytest.raises(IntegrityError), transaction.atomic():
        change_address(row, slug="taken")

    assert old_addresses(row) == set()
