"""What rows without a page are called in the admin and in logs."""

import pytest

from accounts.factories import UserFactory
from accounts.models import OldAuthorSlug
from conferences.factories import ConferenceFactory, SeriesFactory
from conferences.models import OldConferenceSlug, OldSeriesSlug
from foundation.text.weblinks import host_of
from recaps.factories import RecapFactory
from recaps.models import Mention, OldRecapSlug
from talks.factories import TalkFactory
from talks.models import OldTalkSlug

pytestmark = pytest.mark.django_db


def test_old_addresses_are_called_by_themselves():
    talk = TalkFactory()
    rows = [
        OldAuthorSlug(slug="old", user=UserFactory()),
        OldConferenceSlug(slug="old", conference=ConferenceFactory()),
        OldSeriesSlug(slug="old", series=SeriesFactory()),
        OldRecapSlug(slug="old", recap=RecapFactory()),
        OldTalkSlug(slug="old", talk=talk, conference=talk.conference),
    ]

    assert [str(row) for row in rows] == ["old"] * 5


def test_a_mention_is_called_by_what_it_leads_to():
    recap = RecapFactory()

    assert str(Mention(recap=recap, talk=recap.talk)) == f"talk {recap.talk.pk}"


def test_an_unsafe_address_leads_to_no_host():
    assert host_of("javascript:alert(1)") == ""
    assert host_of("https://www.a.example/x") == "a.example"
