"""All that is derived and kept: altered by a hand in the database, it is found and put right."""

import datetime as dt
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from conferences.factories import ConferenceFactory
from foundation.kept.models import KeptCount
from foundation.models.derived_columns import derived_fields
from recaps.factories import RecapFactory
from recaps.models import FollowUp, Mention, Recap, RecapTopic
from search.models import SearchDocument, SearchWord
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import TaggedTalk

pytestmark = pytest.mark.django_db
DAY = dt.date(1999, 9, 9)
# Of what columns alone are kept, not whole tables; ids and links are what they belong to.
KEPT_TABLES = {
    SearchDocument: {"id", "kind", "talk", "recap", "speaker", "conference", "series"},
    Mention: {"id", "recap", "speaker", "conference", "tag"},
    FollowUp: {"id", "recap"},
    RecapTopic: {"id", "recap", "tag"},
}
ALTERED = [
    (Recap, "body_html", "<p>altered"),
    (Recap, "body_html", ""),
    (Recap, "renderer_version", 0),
    (TaggedTalk, "sort_date", DAY),
    (KeptCount, "number", 77),
    *((model, field.name, None) for model in apps.get_models() for field in derived_fields(model)),
    *(
        (model, field.name, None)
        for model, without in KEPT_TABLES.items()
        for field in model._meta.concrete_fields
        if field.name not in without
    ),
]
EMPTIED = [Mention, FollowUp, RecapTopic, KeptCount, SearchDocument, SearchWord]


def _other(field, row):
    """Return another value of the field than the row has."""
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        return field.related_model.objects.exclude(pk=value).first().pk
    others = {
        bool: lambda: not value,
        int: lambda: value + 1,
        dt.date: lambda: DAY,
        dt.datetime: lambda: value - dt.timedelta(days=400) if value.year > 2000 else value,
        list: lambda: [*value, 999],
    }
    return others.get(type(value), lambda: "zzz")()


@pytest.fixture
def library():
    """A little of everything that is derived."""
    tag = TagAliasFactory(tag=TagFactory(name="testing"), name="tests").tag
    speaker = SpeakerFactory(name="Éva Hat")
    SpeakerAliasFactory(speaker=speaker, name="Eve")
    other, talk = TalkFactory(title="Lamps"), TalkFactory(speakers=[speaker], tags=[tag])
    text = f"On [[{other.slug}]] and [[testing]].\n\n- [ ] try it"
    RecapFactory(talk=talk, body=text)
    RecapFactory(talk=None, conference=ConferenceFactory(title="Days"), body=text, tags=[tag])


def _checked(*options):
    """Return whether check_kept is content, and what it says."""
    said = StringIO()
    try:
        call_command("check_kept", *options, stdout=said, stderr=StringIO())
    except SystemExit:
        return False, said.getvalue()
    return True, said.getvalue()


def _by_hand(sql, *values):
    """Write as somebody who goes round all triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        number = cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")
    return number


def _is_mended():
    assert _checked()[0] is False
    assert _checked("--mend")[0] is True
    return _checked()[0]


def test_what_is_kept_is_right_to_begin_with(library):
    assert _checked() == (True, "All that is kept is what it is made from.\n")


@pytest.mark.walks
@pytest.mark.parametrize(
    ("model", "column", "value"),
    [pytest.param(*each, id=f"{each[0].__name__}.{each[1]}-{n}") for n, each in enumerate(ALTERED)],
)
def test_an_altered_column_is_found_and_mended(library, model, column, value):
    field = model._meta.get_field(column)
    row = model._base_manager.exclude(**{f"{column}__isnull": True}).order_by("pk").last()
    value = _other(field, row) if value is None else value
    table, pk = model._meta.db_table, model._meta.pk.column
    statement = f'UPDATE {table} SET "{field.column}" = %s WHERE {pk} = %s'
    assert _by_hand(statement, field.get_db_prep_save(value, connection), row.pk) == 1

    assert _is_mended()


@pytest.mark.walks
@pytest.mark.parametrize("model", EMPTIED)
def test_an_emptied_table_is_found_and_filled(library, model):
    before = model.objects.count()
    assert _by_hand(f"DELETE FROM {model._meta.db_table}") == before > 0

    assert _is_mended()
    assert model.objects.exists()


def test_a_word_that_a_title_gained_is_known(library):
    talk = TalkFactory(title="Before")
    talk.title = "Afterwards"
    talk.save()

    assert SearchWord.objects.filter(word="afterwards").exists()
