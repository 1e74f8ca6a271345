"""What was imported, in the admin: to look at."""

import pytest

from exchange.models import ImportedRecord, ImportRun, ImportSource
from talks.factories import TalkFactory

pytestmark = pytest.mark.django_db

RECORDS = "/admin/exchange/importedrecord/"


@pytest.fixture
def records():
    """Four records: in order, edited by a person, gone from the source, deleted here."""
    source = ImportSource.objects.create(kind="pyvideo", locator="harbour")
    run = ImportRun.objects.create(source=source)
    for name, fields in {
        "same": {},
        "edited": {"kept": {"title": "Theirs"}},
        "gone": {"gone_at": run.started_at or "2017-04-03T00:00Z"},
        "deleted": {"talk": None},
    }.items():
        values = {"source": source, "kind": "talk", "digest": "d", "talk": TalkFactory(), **fields}
        ImportedRecord.objects.create(external_id=name, **values)
    return source


def listed(client, query=""):
    rows = client.get(RECORDS + query).context_data["cl"].result_list
    return {record.external_id for record in rows}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("?differs=kept", {"edited"}, id="kept"),
        pytest.param("?differs=gone", {"gone"}, id="gone"),
        pytest.param("?differs=deleted", {"deleted"}, id="deleted"),
        pytest.param("?differs=abc", {"same", "edited", "gone", "deleted"}, id="nonsense"),
        pytest.param("?source__named=harb", {"same", "edited", "gone", "deleted"}, id="source"),
        pytest.param("?q=edit", {"edited"}, id="search"),
    ],
)
def test_records_are_found_by_how_they_differ(admin_client, records, query, names):
    assert listed(admin_client, query) == names


@pytest.mark.parametrize("model", ["importsource", "importrun", "importedrecord"])
def test_nobody_adds_or_changes_what_importers_write(admin_client, records, model):
    row = {
        "importsource": ImportSource,
        "importrun": ImportRun,
        "importedrecord": ImportedRecord,
    }[model].objects.first()

    answers = [
        admin_client.get(f"/admin/exchange/{model}/add/"),
        admin_client.post(f"/admin/exchange/{model}/add/", {}),
        admin_client.post(f"/admin/exchange/{model}/{row.pk}/change/", {}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3


@pytest.mark.parametrize(
    ("model", "status"), [("importsource", 403), ("importrun", 403), ("importedrecord", 302)]
)
def test_only_the_record_of_a_talk_can_be_deleted(admin_client, records, model, status):
    row = {
        "importsource": ImportSource,
        "importrun": ImportRun,
        "importedrecord": ImportedRecord,
    }[model].objects.first()

    address = f"/admin/exchange/{model}/{row.pk}/delete/"

    assert admin_client.post(address, {"post": "yes"}).status_code == status
