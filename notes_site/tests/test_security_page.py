"""docs/security.md names tests that exist, and what it says of code as a whole is so."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.factories import UserFactory
from tests.tools.admin_rows import REGISTRY, ROWS, address

PAGE = (settings.BASE_DIR / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+|\*)`", PAGE)))
_OUTSIDE = {"faults", ".venv", "var", "tests", "tests.browser", "benchmarks", "migrations"}


def _modules():
    """Yield path and text of what the site runs by itself."""
    for path in settings.BASE_DIR.glob("*/**/*.py"):
        inside = path.relative_to(settings.BASE_DIR)
        if not _OUTSIDE & set(inside.parts):
            yield str(inside), path.read_text()


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_is_named_is_there(path, name):
    text = Path(settings.BASE_DIR / path).read_text()
    assert name == "*" or re.search(rf"^(async )?def {name}\(", text, re.MULTILINE)


def test_each_statement_stands_in_one_table():
    told = []
    for first in re.findall(r"^\| ([\d, –]+) \|", PAGE, re.MULTILINE):
        for part in first.split(", "):
            ends = [int(number) for number in part.split("–")]
            told += range(ends[0], ends[-1] + 1)
    assert sorted(told) == list(range(1, 101))


_NEVER = {
    "fetches": r"^\s*(import|from) (requests|httpx|aiohttp|feedparser|urllib3|http\.client)\b",
    "opens addresses": r"\burlopen\b",
    "archives": r"\b(zipfile|tarfile|extractall|shutil\.unpack_archive)\b",
    "other formats": r"^\s*(import|from) (lxml|pickle|marshal|shelve)\b",
    "runs text": r"(?<![\w.])(eval|exec)\(|shell=True|os\.system",
}


@pytest.mark.parametrize("pattern", _NEVER.values(), ids=_NEVER)
def test_nothing_is_fetched_or_unpacked(pattern):
    assert [path for path, text in _modules() if re.search(pattern, text, re.MULTILINE)] == []


def test_xml_is_read_in_one_place_without_document_types():
    parsers = r"\b(etree|minidom|expat|pulldom|xml\.sax\.make_parser|parseString|fromstring)\b"
    read, written = "exchange/files/xml_files.py", "foundation/pages/atom.py"
    found = {path: text for path, text in _modules() if re.search(parsers, text)}
    assert set(found) - {written} == {read}
    assert "DefusedXMLParser(target=builder, forbid_dtd=True)" in found[read]


def test_no_csv_is_offered():
    writers = r"\b(DictWriter|csv\.writer|text/csv)\b"
    assert [path for path, text in _modules() if re.search(writers, text)] == []


def test_tokens_are_waived_in_one_place():
    exempt = [path for path, text in _modules() if "csrf_exempt(" in text]
    assert exempt == ["foundation/pages/public_page.py"]


def test_the_linter_looks_for_faults_of_security():
    rules = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["ruff"][
        "lint"
    ]
    assert "S" in rules["select"]
    assert not {"S608", "S610", "S611"} & set(rules.get("ignore", []))
    told = r"# noqa: S60\d(?! -- \w)"
    assert [path for path, text in _modules() if re.search(told, text)] == []


def test_no_list_is_edited_in_place():
    assert [each for each in admin.site._registry.values() if each.list_editable] == []


def test_passwords():
    validate_password("long and seldom " * 4)
    for weak in ("elevenchars", "password1234"):
        with pytest.raises(ValidationError):
            validate_password(weak)
    text = (settings.BASE_DIR / "notes_site" / "settings.py").read_text()
    assert re.search(r"PASSWORD_HASHERS = \[\s+\"[\w.]+\.Argon2PasswordHasher\"", text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("/.git/config", "/.env", "/manage.py", "/var/secret_key", "/backup.sql", "/media/"),
        *("/static/", "/static/..%2fmanage.py", "/images/../manage.py", "/settings.py~"),
    ],
)
def test_paths_that_leak_elsewhere_are_missing(client, path):
    assert client.get(path).status_code == 404


def _counts():
    kept_apart = {"axes.accesslog", "sessions.session"}
    models = [model for model in apps.get_models() if model._meta.label_lower not in kept_apart]
    return {model._meta.label: model._base_manager.count() for model in models}


@pytest.mark.walks
@pytest.mark.django_db
def test_reading_as_a_superuser_changes_no_row(client):
    rows = {label: make() for label, make in ROWS.items() if label != "recaps.followup"}
    client.force_login(UserFactory(superuser=True))
    pages = [address(label, "changelist") for label in REGISTRY]
    for label, row in rows.items():
        pages += [address(label, which, row.pk) for which in ("change", "history", "delete")]
    before = _counts()
    for page in [*pages, "/admin/", "/", "/tags/", "/search/?q=talk"]:
        assert client.get(page).status_code < 500, page
        client.head(page)
    assert _counts() == before
