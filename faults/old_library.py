"""A library in the first tables that had recaps, as a database of long ago holds it."""

from contextlib import closing

from faults.database import Database
from faults.site import Site

_NEEDED = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL
        AND is_identity = 'NO' AND is_generated = 'NEVER'
"""
_VALUES = {
    "bigint": "1",
    "integer": "0",
    "smallint": "0",
    "boolean": "false",
    "jsonb": "'{}'",
    "uuid": "gen_random_uuid()",
    "timestamp with time zone": "now()",
}
# How many rows for each talk, and what row number g holds where it is not nothing.
_ROWS: dict[str, tuple[float, dict[str, str]]] = {
    "accounts_user": (
        1 / 10_000,
        {"username": "'u' || g", "slug": "'u' || g", "public_name": "'U' || g"},
    ),
    "conferences_conference": (
        1 / 40,
        {"title": "'C' || g", "slug": "'c-' || g", "starts_on": "'2015-03-01'::date + g % 999"}
        | {"ends_on": "'2015-03-03'::date + g % 999"},
    ),
    "speakers_speaker": (1 / 3, {"name": "'S ' || g", "slug": "'s-' || g", "key": "'s ' || g"}),
    "speakers_speakeralias": (
        1 / 30,
        {"speaker_id": "g", "name": "'A ' || g", "key": "'a ' || g", "slug": "'a-' || g"},
    ),
    "talks_tag": (1 / 100, {"name": "'t' || g", "key": "'t' || g", "slug": "'t' || g"}),
    "talks_tagalias": (
        1 / 200,
        {"tag_id": "g", "name": "'x' || g", "key": "'x' || g", "slug": "'x' || g"},
    ),
    "talks_talk": (
        1,
        {"conference_id": "1 + g % {conferences}", "title": "'Talk ' || g", "slug": "'t-' || g"}
        | {"kind": "'talk'", "abstract": "repeat('An abstract of ' || g || '. ', 20)"}
        | {"abstract_format": "'plain'", "given_on": "'2015-03-01'::date + g % 999"}
        | {"language": "'en'"},
    ),
    "talks_taggedtalk": (
        3,
        {"content_object_id": "1 + g % {talks}"}
        | {"tag_id": "1 + (g % {talks} + 7 * (g / {talks})) % {tags}"},
    ),
    "talks_talkspeaker": (
        1.3,
        {"talk_id": "1 + g % {talks}", "position": "g / {talks}", "role": "'speaker'"}
        | {"speaker_id": "1 + (g + g / {talks}) % {speakers}"},
    ),
    "talks_recording": (
        1,
        {"talk_id": "g", "provider": "'other'", "url": "'https://example.org/' || g"}
        | {"language": "'en'"},
    ),
    "talks_oldtalkslug": (
        1 / 20,
        {"conference_id": "1 + g % {conferences}", "talk_id": "g", "slug": "'o-' || g"},
    ),
    "recaps_recap": (
        1 / 5,
        {"talk_id": "g", "author_id": "1 + g % {users}", "slug": "'r-' || g", "title": "'R' || g"}
        | {"body": "repeat('Said by ' || g || '. ', 150)", "status": "'published'"}
        | {"published_at": "now() - g * interval '1 minute'"},
    ),
}
TABLES = tuple(_ROWS)


def make_old_library(site: Site, name: str, *, talks: int) -> None:
    """Make a database with the first tables of recaps and all that they are about, and rows."""
    site.database.make_database(name, template="template0")
    site.run("manage.py", "migrate", "recaps", "0001", "--verbosity=0", name=name)
    _fill(site.database, name, talks)


def _fill(database: Database, name: str, talks: int) -> None:
    counts = {table: max(20, int(talks * share)) for table, (share, _columns) in _ROWS.items()}
    words = {table.split("_")[1].rstrip("s") + "s": count for table, count in counts.items()}
    with closing(database.connected(name=name)) as connection, connection.cursor() as cursor:
        for table, (_share, given) in _ROWS.items():
            cursor.execute(_NEEDED, [table])
            needed = {column: _VALUES.get(kind, "''") for column, kind in cursor.fetchall()}
            columns = needed | {column: text.format(**words) for column, text in given.items()}
            columns.pop("id", None)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 -- names of this module
                f" SELECT {', '.join(columns.values())} FROM generate_series(1, {counts[table]}) g"
            )
        cursor.execute("VACUUM ANALYZE")
