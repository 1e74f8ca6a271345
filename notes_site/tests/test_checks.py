"""A server that cannot handle the world's text is named before it holds any."""

import pytest
from django.core.checks import run_checks

from notes_site.checks import server_messages

pytestmark = pytest.mark.django_db


def test_the_test_server_passes():
    assert run_checks(databases=["default"]) == []


@pytest.mark.parametrize(
    ("abilities", "ids"),
    [
        pytest.param({"version": 14, "folds": True, "splits": True}, [], id="good"),
        pytest.param({"version": 13, "folds": True, "splits": True}, ["notes_site.E001"], id="old"),
        pytest.param(
            {"version": 18, "folds": False, "splits": False},
            ["notes_site.E002", "notes_site.E003"],
            id="plain-c-locale",
        ),
    ],
)
def test_server_messages_name_each_fault(abilities, ids):
    assert [message.id for message in server_messages(**abilities)] == ids
