"""No migration holds a large table for as long as the table is long: all of their SQL is read.

Who looks at each row of a table, or writes it anew, under a lock that keeps readers or writers
away, keeps them away for longer the more rows there are. Indexes are made beside the traffic,
constraints are added NOT VALID and validated by a later migration, and rows are filled in batches.
"""

import re
from functools import cache

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.functions import Length

from foundation.kept.triggers import KeepCount
from foundation.models.concurrent_index import AddConcurrentIndex
from foundation.models.mending import MendYears

# Tables of which a library of a million talks has some thousand rows.
SMALL = {
    *("accounts_user", "accounts_oldauthorslug", "talks_tag", "talks_tagalias"),
    *("conferences_conference", "conferences_oldconferenceslug"),
    *("conferences_series", "conferences_oldseriesslug"),
    *("exchange_importsource", "exchange_importrun", "recaps_starttext", "recaps_workingcopy"),
    *("counts_keptcount", "images_image"),
}
# Those that were written before the first release, which no large library has seen.
BEFORE_THE_RELEASE = {
    "counts.0002_what_is_counted": "each table is counted while nobody writes it",
    "recaps.0003_recap_complete": "the new numbers of all recaps are checked",
    "recaps.0012_old_addresses_stay": "old addresses are looked through, of which there are few",
    "search.0001_configurations": "makes configurations, no rows",
    "search.0003_cascades": "the documents, of which there are none yet",
    "search.0011_comments": "documents of texts with comments, of which there are few",
    "search.0013_made_with": "one row of the zone, and indexes of tags, of which there are few",
    "speakers.0004_old_addresses_stay": "old names are looked through, of which there are few",
    "talks.0002_tagged_talk_sort_date": "the year beside each tag is generated",
    "talks.0009_synonyms": "synonyms are mended, of which there are few",
}

NO_SQL = "-- THIS OPERATION CANNOT BE WRITTEN AS SQL"
PYTHON = "PYTHON"
_BODY = re.compile(r"\$(\w*)\$(.*?)\$\1\$", re.DOTALL)
_COMMENT = re.compile(r"--[^\n]*")
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_TABLE = re.compile(
    r"\b(?:ALTER TABLE|CREATE TABLE|REINDEX TABLE|INSERT INTO|DELETE FROM|UPDATE|ON|TRUNCATE)"
    r' (?:ONLY )?"?(?P<table>[a-z0-9]+(?:_[a-z0-9]+)+)'
)
_LOOKS_AT_ALL_ROWS = {
    r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "makes an index: AddConcurrentIndex",
    r"REINDEX (?!.*\bCONCURRENTLY)": "makes an index anew",
    r"ADD CONSTRAINT (?!.*(\bNOT VALID|\bUSING INDEX))": "AddConstraintNotValid, validated later",
    r"ADD COLUMN .*\b(GENERATED|UNIQUE|CHECK)\b": "looks at all rows for a new column",
    r"ADD COLUMN .*\bDEFAULT \(?\w+\(": "writes all rows with a default that is computed",
    r"ALTER COLUMN .*\bTYPE\b": "writes the table anew",
    r"ALTER COLUMN .*\bSET NOT NULL\b": "looks at all rows: first a check that is NOT VALID",
    r"^(CLUSTER|VACUUM FULL|LOCK|TRUNCATE|REFRESH MATERIALIZED VIEW)\b": "locks a table on purpose",
    r"^(UPDATE|INSERT|DELETE)\b": "writes rows in one transaction: batches, each committed",
    r"^DO\b(?!.*COMMIT)": "writes rows in one transaction: batches, each committed",
}
_LOCKS = re.compile(
    r"^(ALTER TABLE (?!.*VALIDATE)|CREATE (CONSTRAINT )?TRIGGER"
    r"|DROP (TRIGGER|FUNCTION|INDEX (?!CONCURRENTLY)))"
)
_WORKS = re.compile(rf"^({PYTHON}|UPDATE|INSERT|DELETE|DO|SELECT|WITH)\b|VALIDATE CONSTRAINT")


def statements_of(collected):
    """Return the statements of a script, without comments, literals and bodies of functions."""
    text = "\n".join(collected).replace(NO_SQL, f"; {PYTHON};")
    text = _BODY.sub(lambda body: "COMMIT" if "COMMIT;" in body[2] else "", text)
    text = _LITERAL.sub("''", _COMMENT.sub("", text))
    return [" ".join(each.split()) for each in text.split(";") if each.strip()]


def faults_of(statements, *, atomic=True):
    """Return what in a migration would keep readers or writers waiting at a large table."""
    made, found, is_locked = set(), [], False
    for statement in statements:
        tables = {match["table"] for match in _TABLE.finditer(statement)}
        if statement.startswith("CREATE TABLE"):
            made |= tables
        is_light = bool(tables) and tables <= made | SMALL
        if not is_light:
            found += [why for kind, why in _LOOKS_AT_ALL_ROWS.items() if re.search(kind, statement)]
        if is_locked and atomic and _WORKS.search(statement):
            found.append(f"works while it holds a table: {statement[:60]}")
        is_locked |= bool(_LOCKS.search(statement)) and not is_light
    return found


@cache
def _read():
    """Return by name what each of the site's migrations runs, and the state after all of them."""
    loader = MigrationLoader(None)
    plans = [loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes()]
    state, scripts = loader.project_state(plans[0][0], at_end=False), {}
    for node in dict.fromkeys(node for plan in plans for node in plan):
        migration = loader.graph.nodes[node]
        state, statements = _run(migration, state)
        if "site-packages" not in apps.get_app_config(node[0]).path:
            scripts[".".join(node)] = statements, migration.atomic
    return scripts, state


def _run(migration, state):
    """Return the state after a migration, and the statements that it would run."""
    other = connection.copy()  # no index is made concurrently in the transaction of a test
    try:
        with other.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
    finally:
        other.close()
    return state, statements_of(editor.collected_sql)


def test_no_migration_holds_a_large_table_for_long(db):
    scripts, _state = _read()
    found = {name: faults_of(run, atomic=atomic) for name, (run, atomic) in scripts.items()}
    wrong = {name: said for name, said in found.items() if said}

    assert {name: wrong[name] for name in wrong.keys() - BEFORE_THE_RELEASE.keys()} == {}
    assert wrong.keys() == BEFORE_THE_RELEASE.keys()
    assert len(found) > 60


def test_small_tables_are_named_as_they_are():
    assert {model._meta.db_table for model in apps.get_models()} >= SMALL


_TEXT = models.TextField(default="")
_CHECK = models.CheckConstraint(name="any", condition=models.Q(title="a"))
_LENGTH = models.GeneratedField(
    expression=Length("title"), output_field=models.IntegerField(), db_persist=True
)
_INDEX = models.Index(fields=["room"], name="any")
_UNIQUE = models.UniqueConstraint(fields=["room"], name="any")
_TO_TAG = models.ForeignKey("talks.Tag", models.CASCADE, null=True, related_name="+")
_LATER = [
    AddConstraintNotValid("talk", _CHECK),
    ValidateConstraint("talk", "any"),
]


def _faults(*operations, atomic=True):
    _scripts, state = _read()
    migration = migrations.Migration("0099_made_up", "talks")
    migration.operations, migration.atomic = list(operations), atomic
    _state, statements = _run(migration, state.clone())
    return faults_of(statements, atomic=atomic)


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddIndex("talk", _INDEX)],
        [migrations.AddConstraint("talk", _CHECK)],
        [migrations.AddConstraint("talk", _UNIQUE)],
        [migrations.AddField("talk", "any", _LENGTH)],
        [migrations.AddField("talk", "any", _TO_TAG)],
        [migrations.AddField("talk", "any", models.PositiveIntegerField(default=0))],
        [migrations.AlterField("talk", "given_on", models.TextField(default=""))],
        [migrations.AddField("talk", "any", _TEXT), migrations.RunPython(print)],
        [migrations.AddField("talk", "any", _TEXT), MendYears("talks_talk")],
        [KeepCount("talks", "talks_talk")],
        _LATER,
        *(
            [migrations.RunSQL(sql)]
            for sql in (
                "CREATE INDEX any ON talks_talk (room)",
                "REINDEX TABLE talks_talk",
                "UPDATE talks_talk SET room = 'a;b'",
                "DO $$ BEGIN UPDATE talks_talk SET room = ''; END $$",
                "INSERT INTO talks_talk (room) SELECT name FROM talks_tag",
                "LOCK TABLE talks_talk",
            )
        ),
    ],
)
def test_a_migration_that_holds_a_table_is_found(db, operations):
    assert _faults(*operations)


@pytest.mark.parametrize(
    ("operations", "atomic"),
    [
        ([migrations.RunPython(print), migrations.AddField("talk", "any", _TEXT)], True),
        ([migrations.AddField("talk", "any", models.DateField(null=True))], True),
        ([migrations.AddIndex("tag", models.Index(fields=["name"], name="any"))], True),
        ([AddConcurrentIndex("talk", _INDEX)], False),
        (_LATER[:1], True),
        (_LATER, False),
        ([migrations.RunSQL("UPDATE talks_tag SET name = name")], True),
        ([migrations.RunSQL("CREATE FUNCTION f() AS $$ UPDATE t_t SET a = 1; $$")], True),
        ([migrations.RunSQL("DO $$ LOOP UPDATE t_t SET a = 1; COMMIT; END LOOP $$")], False),
    ],
)
def test_a_migration_that_holds_none_is_left_alone(db, operations, atomic):
    assert not _faults(*operations, atomic=atomic)
