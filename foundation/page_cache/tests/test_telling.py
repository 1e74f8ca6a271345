"""Which statements have the content version forgotten."""

import pytest
from django.db import connection
from django.test import Client

from conferences.factories import ConferenceFactory
from foundation.page_cache.redis_invalidation import is_read, tell_after_commit
from recaps.factories import RecapFactory
from talks.factories import TagFactory

READS = [
    "SELECT 1",
    "  (SELECT 1) UNION (SELECT 2)",
    "((SELECT 1))",
    "with recursive a AS (SELECT 1) SELECT * FROM a",
    "\n    WITH a AS MATERIALIZED (SELECT 1) TABLE a",
    "VALUES (1)",
    "SET LOCAL statement_timeout = 1",
    'SAVEPOINT "s1"',
    "FETCH FORWARD 10 FROM c",
]
WRITES = [
    "INSERT INTO t VALUES (1)",
    "UPDATE t SET a = 1",
    "DELETE FROM t",
    "WITH gone AS (DELETE FROM t RETURNING 1) SELECT count(*) FROM gone",
    "(WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a)",
    "with a as (select 1) update t set x = 1",
    "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
    "TRUNCATE t",
    "COPY t FROM STDIN",
    "ALTER TABLE t ADD a int",
    "DO $$ BEGIN END $$",
    "SELECTED",
]


@pytest.mark.parametrize("sql", READS)
def test_statements_that_only_read(sql):
    assert is_read(sql)


@pytest.mark.parametrize("sql", WRITES)
def test_statements_that_may_write(sql):
    assert not is_read(sql)


@pytest.mark.django_db(transaction=True)
def test_no_page_that_is_only_read_has_the_version_forgotten(redis, settings):
    """Made anew, so that each page executes all its statements."""
    conference = ConferenceFactory(title="Conf")
    recap = RecapFactory(
        talk=None, conference=conference, title="It", tags=[TagFactory(name="topic")]
    )
    addresses = [
        "/",
        "/search/?q=it&tag=topic",
        "/tags/",
        "/tags/topic/",
        "/archive/",
        "/speakers/",
    ]
    # Connections are watched from their beginning.
    connection.close()
    connection.execute_wrappers.clear()
    redis.values.clear()

    for address in [*addresses, conference.get_absolute_url(), recap.get_absolute_url()]:
        assert Client().get(address).status_code == 200

    assert tell_after_commit in connection.execute_wrappers
    assert not [key for key in redis.values if key.endswith(b":token")]
    connection.execute_wrappers.clear()
