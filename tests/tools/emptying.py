"""Empty the database after a test that commits: what Django's `flush` leaves, in milliseconds.

`flush` truncates every table, and has content types, permissions and roles made one by one again.
Most tests write a few rows into a few tables: deleting those is quicker than making fifty tables'
files anew, and what migrating made is copied back from a schema beside.
"""

from typing import Any

from django.db import connection

# What `post_migrate` makes.
_MADE = (
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    "operations_siteidentity",
    "recaps_starttext",
    "search_sitezone",
)
_PREPARE = "DROP SCHEMA IF EXISTS as_migrated CASCADE; CREATE SCHEMA as_migrated; " + "".join(
    f"CREATE TABLE as_migrated.{table} AS TABLE {table}; " for table in _MADE
)
# As a replica: no trigger counts or indexes what goes, and no order of the tables is needed.
# Afterwards the content version is another, as after every write.
_EMPTY = """
DO $$
DECLARE
    name text;
    has_rows boolean;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOREACH name IN ARRAY %s LOOP
        IF pg_relation_size(name::regclass) > 1000000 THEN
            EXECUTE format('TRUNCATE %%I CASCADE', name);
        ELSE
            EXECUTE format('SELECT EXISTS (SELECT FROM %%I)', name) INTO has_rows;
            IF has_rows THEN
                EXECUTE format('DELETE FROM %%I', name);
            END IF;
        END IF;
    END LOOP;
    FOREACH name IN ARRAY %s LOOP
        EXECUTE format('INSERT INTO %%I TABLE as_migrated.%%I', name, name);
    END LOOP;
    UPDATE content_version SET mark = gen_random_uuid();
END $$
"""


def may_empty() -> bool:
    """Whether the role of the tests may switch triggers off; one from TEST_DATABASE_URL may not."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone() == ("on",))


def keep_as_migrated() -> None:
    """Copy what migrating wrote, before any test has run."""
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE)


def empty(_test_case: Any) -> None:
    """Leave the rows that migrating makes, as `TransactionTestCase._fixture_teardown` does."""
    tables = connection.introspection.django_table_names(include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, [tables, list(_MADE)])
