"""With a Redis, all processes share pages and version; without its answers the site goes on."""

import socket
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from foundation.page_cache.kept_page import KeptPage
from foundation.page_cache.memory import Memory
from foundation.page_cache.shared import shared
from foundation.page_cache.tests.writes import GONE, WRITES, by_sql, by_update, recap_to_change
from foundation.page_cache.version import stored_version
from recaps.factories import RecapFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_connection():
    """Connections are watched from their beginning."""
    connection.close()
    connection.execute_wrappers.clear()
    yield
    connection.execute_wrappers.clear()


def test_an_unchanged_page_costs_no_query_in_any_process(redis, django_assert_num_queries):
    recap_to_change()
    made = Client().get("/recaps/it/")

    for reader in (Client(), Client()):
        with django_assert_num_queries(0):
            kept = reader.get("/recaps/it/")
        assert (kept.content, kept.headers) == (made.content, made.headers)


@pytest.mark.parametrize("write", WRITES)
def test_what_a_process_writes_shows_at_once_in_all(redis, write):
    recap = recap_to_change()
    reader = Client()
    before = [reader.get("/recaps/it/") for _ in range(2)]

    write(recap)

    after = reader.get("/recaps/it/")
    assert before[0].content == before[1].content != after.content
    assert after.status_code == (404 if write in GONE else 200)


def test_a_transaction_tells_once_and_only_when_it_commits(redis):
    recap = recap_to_change()
    redis.commands.clear()

    with transaction.atomic():
        for _ in range(3):
            by_update(recap)
        told_inside = list(redis.commands)
    with transaction.atomic():
        by_update(recap)
        transaction.set_rollback(True)

    assert (told_inside, redis.commands) == ([], ["SET"])


def test_a_version_read_before_a_commit_and_written_after_it_does_not_count(redis):
    recap = recap_to_change()
    late, reader = shared(), Client()
    old = reader.get("/recaps/it/").content

    def ask_while_somebody_commits(now):
        version = stored_version(now)
        by_update(recap)
        return version

    del redis.values[redis.named(b":version")]
    late.version(recap.published_at, ask=ask_while_somebody_commits)

    assert reader.get("/recaps/it/").content != old


def test_what_others_write_shows_when_the_version_expires(redis):
    recap = recap_to_change()
    reader = Client()
    old = reader.get("/recaps/it/").content

    with closing(connection.copy()) as psql:
        psql.connect()
        psql.execute_wrappers.clear()
        with psql.cursor() as cursor:
            cursor.execute("UPDATE recaps_recap SET title = 'Psql' WHERE id = %s", [recap.pk])
    still_old = reader.get("/recaps/it/").content
    del redis.values[redis.named(b":version")]  # two seconds later

    assert still_old == old != reader.get("/recaps/it/").content


def test_nothing_that_is_not_published_is_ever_kept(redis):
    talk = recap_to_change().talk
    for state in ("draft", "scheduled", "binned"):
        RecapFactory(**{state: True}, talk=talk, title="zxqtoken", slug=f"zxqtoken-{state}")
    reader = Client()
    addresses = ["/", talk.get_absolute_url(), "/recaps/it/", "/tags/testing/", "/sitemap.xml"]
    for address in [*addresses, "/feeds/recaps.atom", "/search/?q=zxq", "/recaps/zxqtoken-draft/"]:
        reader.get(address)

    kept = {key: value for key, value in redis.values.items() if key.endswith(b'"')}
    bodies = [KeptPage.from_bytes(value) for value in kept.values()]
    assert len(bodies) == len(addresses) + 2
    assert not any(b"zxqtoken" in _text(page) for page in bodies)


def _text(page):
    class Plain:
        META = {}

    return page.answer_to(Plain).content


@pytest.mark.parametrize("damage", [b"", b"damaged", b"token damaged", b"[]\nbody"])
def test_damaged_values_are_made_anew(redis, damage):
    recap_to_change()
    whole = Client().get("/recaps/it/")
    for key in list(redis.values):
        if not key.endswith(b":token"):
            redis.values[key] = damage.replace(b"token", redis.values[redis.named(b":token")])

    answer = Client().get("/recaps/it/")

    assert (answer.status_code, answer.content) == (200, whole.content)


def told(caplog):
    """What the log says of the Redis."""
    return [
        each.getMessage() for each in caplog.records if each.name == "foundation.page_cache.shared"
    ]


def test_without_an_answer_the_site_goes_on_and_does_not_ask_again_and_again(settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, says nothing
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        reader, recap = Client(), recap_to_change()
        before = [reader.get("/recaps/it/") for _ in range(3)]
        reads = len(told(caplog))
        by_sql(recap)
        after = reader.get("/recaps/it/")

    assert [answer.status_code for answer in before] == [200] * 3
    assert after.content != before[0].content
    assert all(message.startswith("Redis cannot be used") for message in told(caplog))
    assert reads <= len(told(caplog)) <= reads + 1


def test_a_dead_port_is_a_redis_that_is_away(settings):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        settings.REDIS_URL = f"redis://127.0.0.1:{gone.getsockname()[1]}/0"
    recap_to_change()

    assert [Client().get("/recaps/it/").status_code for _ in range(2)] == [200, 200]
    call_command("check", verbosity=0)


def test_memory_keeps_what_fits_and_drops_what_was_not_used_for_longest():
    memory = Memory(10_000)
    pages = {name: KeptPage((), name.encode() * 600, compressed=False) for name in "abcdefghij"}

    for name, page in pages.items():
        memory.put(name, page)
        memory.put(name, page)
        memory.get("a")
    memory.put("large", KeptPage((), b"x" * 5_000, compressed=False))

    assert [name for name in pages if memory.get(name)] == list("acdefghij")
    assert memory.get("large") is None
