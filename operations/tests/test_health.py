"""What monitors ask."""

import pytest
from django.db import connection


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
