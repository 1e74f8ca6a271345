"""What monitors ask."""

import pytest
from django.db import connection
from django.test import override_settings


def test_health_says_that_the_process_answers_and_asks_no_database(client):
    response = client.get("/health/")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_says_that_a_new_connection_can_be_made(client):
    response = client.get("/health/ready/")

    assert (response.status_code, response.content) == (200, b"ready")


@pytest.mark.django_db
def test_not_ready_where_new_connections_are_refused_and_the_kept_one_still_works(
    client, monkeypatch
):
    connection.ensure_connection()
    monkeypatch.setitem(connection.settings_dict, "NAME", "test_not_there")

    response = client.get("/health/ready/")

    assert (response.status_code, response.content) == (503, b"not ready")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_ready_leaves_no_connection_behind(client):
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(count)
        before = cursor.fetchone()

    for _ in range(3):
        client.get("/health/ready/")

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
        cursor.execute(count)
        assert cursor.fetchone() == before


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/health/", "/health/ready/"])
def test_answers_are_plain_text_that_nobody_keeps(client, address):
    response = client.get(address)

    told = {name: response.headers[name] for name in ("Content-Type", "Cache-Control")}
    assert told == {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    assert not response.cookies


@pytest.mark.parametrize("address", ["/health/", "/health/ready/"])
def test_health_is_only_asked(client, address):
    assert client.post(address).status_code == 405


def test_a_foreign_host_is_refused_here_too(client):
    assert client.get("/health/", headers={"host": "evil.example"}).status_code == 400


@override_settings(ALLOWED_HOSTS=["notes.example"], SITE_URL="https://notes.example")
@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_probe_on_the_machine_itself_is_answered_and_logs_no_warning(
    client, caplog, host, method
):
    for address in ("/health/", "/health/ready/"):
        response = getattr(client, method)(address, headers={"host": host})

        assert response.status_code == 200
    assert [line for line in caplog.records if line.name != "access"] == []


@pytest.mark.django_db
def test_not_ready_on_a_database_that_lacks_a_migration_of_the_code(client, caplog, monkeypatch):
    of_the_code = frozenset({("talks", "0001_first_tables"), ("talks", "9999_of_the_next_release")})
    monkeypatch.setattr("operations.migrating._of_the_code", lambda: of_the_code)

    response = client.get("/health/ready/")

    assert (response.status_code, response.content) == (503, b"not ready")
    said = "The site is not ready: the database lacks 1 migrations, talks.9999_of_the_next_release"
    assert said in caplog.text


@pytest.mark.django_db
def test_not_ready_while_pages_fail_though_the_database_answers(client, caplog):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE recaps_recap RENAME TO elsewhere")

    response = client.get("/health/ready/")

    assert (response.status_code, response.content) == (503, b"not ready")
    assert "The site is not ready: the page / answers 500" in caplog.text
