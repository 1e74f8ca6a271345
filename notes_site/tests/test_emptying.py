"""What stands in the database after a test that commits."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import TransactionTestCase

from recaps.factories import RecapFactory
from recaps.models import StartText
from recaps.start_texts import FIRST_TEXTS
from talks.factories import TagFactory


def _state():
    """Return how many rows there are of each model, and what each role may do."""
    models = apps.get_models(include_auto_created=True)
    rights = {
        group.name: set(group.permissions.values_list("content_type__app_label", "codename"))
        for group in Group.objects.all()
    }
    return {model._meta.label: model._base_manager.count() for model in models}, rights


@pytest.mark.django_db(transaction=True)
def test_flush_leaves_what_migrating_made():
    """Rows that a migration writes come back by `post_migrate`, or a flush loses them for good."""
    migrated = _state()
    RecapFactory(tags=[TagFactory()])
    StartText.objects.all().delete()

    call_command("flush", verbosity=0, interactive=False)

    assert _state() == migrated
    texts = {kind: body.strip() for kind, body in FIRST_TEXTS.items()}
    assert dict(StartText.objects.values_list("kind", "body")) == texts


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_what_flush_leaves():
    call_command("flush", verbosity=0, interactive=False)
    flushed = _state()
    RecapFactory(tags=[TagFactory()])
    Group.objects.first().delete()
    assert _state() != flushed

    TransactionTestCase("__init__")._fixture_teardown()

    assert _state() == flushed
