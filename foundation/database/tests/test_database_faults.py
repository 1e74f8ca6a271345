"""What the database cannot do now is answered 503, wherever it is met."""

from contextlib import suppress

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.factories import UserFactory
from accounts.models import User
from foundation.database.faults import is_read_only, is_temporary
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TalkFactory
from tests.tools.admin_form import save
from tests.tools.pages import texts

LIST = "/admin/recaps/recap/"
ADD = f"{LIST}add/"

FAULTS = {
    "read-only": "SET TRANSACTION READ ONLY; CREATE TABLE t ()",
    "took-too-long": "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)",
    "shut-down": "SELECT pg_terminate_backend(pg_backend_pid())",
}
MISTAKES = {
    "division": "SELECT 1 / 0",
    "no-such-table": "SELECT * FROM nowhere",
    "twice": "CREATE TABLE t (a int UNIQUE); INSERT INTO t VALUES (1), (1)",
    "too-long": """
        SELECT to_tsvector(string_agg(md5(n::text), ' ')) FROM generate_series(1, 60000) AS n
    """,
    "forbidden": "SET LOCAL ROLE pg_monitor; CREATE TABLE public.t ()",
}


def raised_by(sql):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        connection.cursor().execute(sql)
    return caught.value


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sql", FAULTS.values(), ids=FAULTS)
def test_a_database_that_cannot_do_it_now(sql):
    error = raised_by(sql)

    assert is_temporary(error)
    assert is_temporary(error.__cause__)
    assert is_read_only(error) == ("READ ONLY" in sql)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sql", MISTAKES.values(), ids=MISTAKES)
def test_a_statement_that_would_fail_again(sql):
    assert not is_temporary(raised_by(sql))


def test_a_server_that_was_not_reached():
    with pytest.raises(psycopg2.OperationalError) as caught:
        psycopg2.connect(host="/nowhere", dbname="notes")

    assert is_temporary(caught.value)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_a_fault_broke():
    with transaction.atomic():
        with suppress(DatabaseError), transaction.mark_for_rollback_on_error():
            connection.cursor().execute(FAULTS["took-too-long"])
        with pytest.raises(TransactionManagementError) as caught:
            Recap.objects.exists()

    assert is_temporary(caught.value)


def test_no_error_and_errors_of_others_are_no_fault_of_the_database():
    assert not any(is_temporary(error) for error in (None, ValueError("x"), KeyError("y")))


@pytest.fixture
def read_only():
    """Begin and end a time in which the database can only be read."""

    def switch(*, on):
        connection.cursor().execute(f"SET default_transaction_read_only = {'on' if on else 'off'}")

    yield switch
    switch(on=False)


@pytest.mark.django_db(transaction=True)
class TestReadOnly:
    """Reading goes on; each write says why it cannot be, and gives back what was typed."""

    def test_a_save_keeps_nothing_and_loses_nothing(self, admin_client, read_only):
        talk = TalkFactory()
        admin_client.raise_request_exception = False
        read_only(on=True)

        response = save(
            admin_client, ADD, talk=talk.pk, title="A title", body="<b>One</b>\nthought"
        )

        assert response.status_code == 503
        assert response.headers["Retry-After"] == "10"
        assert "no-store" in response.headers["Cache-Control"]
        assert texts(response, class_="lede") == [
            "The library can only be read at the moment: nothing was saved. Please try again later."
        ]
        assert set(texts(response, "textarea")) == {"A title", "<b>One</b> thought"}
        read_only(on=False)
        assert Recap.objects.count() == 0

    @pytest.mark.parametrize("address", ["/admin/login/", "/admin/session/sign-in/"])
    def test_nobody_can_sign_in_and_no_password_comes_back(self, client, read_only, address):
        person = UserFactory(is_staff=True, username="ada")
        person.set_password("correct horse")
        person.save()
        client.raise_request_exception = False
        read_only(on=True)

        response = client.post(address, {"username": "ada", "password": "correct horse"})

        assert response.status_code == 503
        assert b"correct horse" not in response.content
        assert b"textarea" not in response.content

    def test_nobody_can_sign_out(self, admin_client, read_only):
        admin_client.raise_request_exception = False
        read_only(on=True)

        assert admin_client.post("/admin/logout/").status_code == 503

    def test_readers_notice_nothing(self, client, read_only):
        recap = RecapFactory(title="Read me")
        read_only(on=True)

        for address in ["/", recap.get_absolute_url(), "/search/?q=read", "/feeds/recaps.atom"]:
            assert client.get(address).status_code == 200

    def test_pages_of_the_admin_are_read_though_their_messages_cannot_be_forgotten(
        self, admin_client, read_only
    ):
        recap = RecapFactory()
        admin_client.raise_request_exception = False
        save(admin_client, ADD, talk=TalkFactory().pk, body="One")  # leaves a message
        read_only(on=True)

        for address in ["/admin/", LIST, ADD, f"{LIST}{recap.pk}/change/", "/admin/talks/talk/"]:
            response = admin_client.get(address)

            assert response.status_code == 200
            assert texts(response, class_="success")

    def test_it_is_over_without_a_restart(self, admin_client, read_only):
        talk = TalkFactory()
        read_only(on=True)
        read_only(on=False)

        response = save(admin_client, ADD, talk=talk.pk, body="One")

        assert response.status_code == 302
        assert User.objects.get(is_superuser=True).recaps.get().body == "One"
