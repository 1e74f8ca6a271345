"""A note-taker at work."""

import pytest

from accounts.factories import UserFactory


@pytest.fixture
def taker(client):
    """A note-taker who is logged in."""
    person = UserFactory(staff=True, role="Note-takers", public_name="Ada")
    client.force_login(person)
    return person
