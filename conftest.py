"""What every test stands on: the test cluster, plain static files, what takes no time."""

import gc
import os
import uuid
from pathlib import Path

_VAR = Path(__file__).parent / "var"

# Before Django reads its settings. A developer's own variables do not reach the tests.
os.environ["EMBEDDED_PG_DIR"] = os.environ.get("TEST_PG_DIR", str(_VAR / "test-postgres"))
# WhiteNoise wants the folder to exist; the tests find static files where they are written.
os.environ["STATIC_ROOT"] = str(_VAR / "test-static")
os.environ["MEDIA_ROOT"] = str(_VAR / "test-media")
(_VAR / "test-static").mkdir(parents=True, exist_ok=True)
_OTHERS = (
    "SITE_URL",
    "SITE_NAME",
    "DEBUG",
    "TIME_ZONE",
    "PORT",
    "ALLOWED_HOSTS",
    "PROXY_COUNT",
    "REDIS_URL",
)
for _name in _OTHERS:
    os.environ.pop(_name, None)
# A test in one transaction sees what it wrote before it is committed, which no page does; so the
# content version does not tell it. The tests of the page cache switch it on.
os.environ["PAGE_CACHE"] = "0"
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    os.environ["SECRET_KEY"] = "tests-only-" + "k" * 50
else:
    os.environ.pop("DATABASE_URL", None)
# Playwright runs an event loop in the same thread as the ORM that makes rows for the page.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

os.environ["DJANGO_SETTINGS_MODULE"] = "notes_site.settings"

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

# Conftests of folders below import models before pytest-django would set Django up.
django.setup()

from tests.tools.emptying import empty, keep_as_migrated, may_empty
from tests.tools.signing_in import sign_in
from tests.tools.template_database import migrated_template, plan_once

# The same examples every time, and no clock: the machine may be busy.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis_settings.register_profile(
    "quick", hypothesis_settings.get_profile("steady"), max_examples=10
)
hypothesis_settings.load_profile("steady")


def pytest_collection_finish():
    """What is loaded now stays to the end: the garbage collector need not look it over again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Each worker's database is a copy of one that is migrated already."""
    test = settings.DATABASES["default"]["TEST"]
    if "MUTANT_UNDER_TEST" in os.environ:  # `make mutants`: mutants are tested side by side
        test["NAME"] = f"test_mutant_{os.getpid()}"
    with django_db_blocker.unblock():
        test["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A database that is emptied quickly after each test that commits."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        with django_db_blocker.unblock():
            if may_empty():
                keep_as_migrated()
                monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", empty)
            plan_once()
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_sign_in():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Client, "force_login", sign_in)
        yield


@pytest.fixture(autouse=True)
def _new_files_for_many_rows(request):
    """Plans for many rows go by what is known of a table, not by what tests before left in it."""
    if request.node.get_closest_marker("big"):
        request.getfixturevalue("transactional_db")
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _patient_searches(monkeypatch):
    """The machine may be busy: searches are cut off where a test is about that."""
    monkeypatch.setattr("search.limits.LONGEST", 30)


@pytest.fixture(autouse=True)
def _settings_of_tests(settings, tmp_path_factory):
    """No manifest of static files, and a hasher that takes no time: neither is under test.

    A broken row raises, but where a test is about that.
    """
    settings.BROKEN_ROWS_RAISE = True
    # Each test counts its own tries; the folder is made by those that have any.
    settings.TURNS_DIR = tmp_path_factory.getbasetemp() / "turns" / uuid.uuid4().hex
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
