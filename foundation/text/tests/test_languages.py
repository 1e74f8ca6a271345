"""Languages are BCP 47 tags wherever they are written, and called the same wherever shown."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField

from accounts.factories import UserFactory
from foundation.text.languages import LanguageField, language_name, language_tag, languages
from recaps.factories import RecapFactory
from talks.factories import RecordingFactory, TalkFactory
from talks.models import Talk
from tests.tools.admin_form import errors_of, save
from tests.tools.signing_in import sign_in

pytestmark = pytest.mark.django_db

ROWS = {
    "talks.talk": TalkFactory,
    "talks.recording": RecordingFactory,
    "recaps.recap": RecapFactory,
}


def columns():
    return {
        field.model._meta.label_lower: field
        for model in apps.get_models()
        for field in model._meta.fields
        if field.name == "language" and isinstance(field, CharField)
    }


def test_every_language_is_a_tag():
    # What search keeps of it comes from these.
    kept = {label: field for label, field in columns().items() if not label.startswith("search.")}

    assert set(kept) == set(ROWS)
    assert all(isinstance(field, LanguageField) for field in kept.values())


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("English", "en"),
        (" english ", "en"),
        ("eng", "en"),
        ("ger", "de"),
        ("deutsch", "de"),
        ("فارسی", "fa"),
        ("Kazakh", "kk"),
        ("Brazilian Portuguese", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-hant", "zh-Hant"),
        ("ZH-HANT-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("de-u-co-phonebk", "de-u-co-phonebk"),
        ("en-US-x-Twain", "en-US-x-twain"),
        ("tlh", "tlh"),
        ("<b>", ""),
        ("xx", ""),
        ("e", ""),
        ("English, mostly", ""),
        ("en-", ""),
        ("en--US", ""),
        ("enen", ""),
        ("en-" + "a" * 40, ""),
        ("", ""),
    ],
)
def test_what_names_a_language(text, tag):
    assert language_tag(text) == tag


def write(row, language):
    with connection.cursor() as cursor:
        table = type(row)._meta.db_table
        cursor.execute(f"UPDATE {table} SET language = %s WHERE id = %s", [language, row.pk])


@pytest.mark.parametrize("label", ROWS)
def test_it_is_a_tag_by_every_way_of_writing(label):
    row = ROWS[label](language="Pt_br")
    rows = type(row).objects.filter(pk=row.pk)
    assert rows.get().language == "pt-BR"

    rows.update(language="ENGLISH")
    assert rows.get().language == "en"
    for bad in ("<b>", "xx-yy-zz", "EN"):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(row, bad)
    with pytest.raises(ValidationError, match="is no language"):
        row._meta.get_field("language").clean("Gibberish", row)


@pytest.mark.parametrize("label", ROWS)
def test_forms_offer_the_known_ones_and_check_the_others(client, label):
    sign_in(client, UserFactory(superuser=True))
    row = ROWS[label]()
    page = f"/admin/{label.replace('.', '/')}/{row.pk}/change/"

    assert '<option value="fa">Persian</option>' in client.get(page).content.decode()
    assert "is no language" in str(errors_of(save(client, page, language="<b>"))["language"])
    assert save(client, page, language="persian").status_code == 302
    row.refresh_from_db()
    assert row.language == "fa"


def test_a_language_has_one_name(client):
    TalkFactory(language="fa", title="Words", slug="words", conference__slug="conf")
    TalkFactory(language="en", title="Other words")

    assert "Persian" in client.get("/conferences/conf/words/").content.decode()
    assert "Persian" in client.get("/search/?q=words").content.decode()


def test_all_that_are_offered_are_tags():
    assert all(language_tag(tag) == tag and language_name(tag) == name for tag, name in languages())


@pytest.mark.parametrize(("label", "app"), [("talks.talk", "talks"), ("recaps.recap", "recaps")])
def test_a_migration_mends_and_lists(label, app, capsys, migration_of):
    rows = [ROWS[label]() for _ in range(3)]
    table = type(rows[0])._meta.db_table
    name = f"{rows[0]._meta.model_name}_language_is_a_tag"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for row, was in zip(rows, ["English", "<b>", "PT-br"], strict=True):
        write(row, was)

    migration_of(app, "languages")._mend(apps, connection.schema_editor())

    languages_now = [type(row).objects.get(pk=row.pk).language for row in rows]
    assert languages_now == ["en", "", "pt-BR"]
    assert "the language '<b>' of 1 is '' now" in capsys.readouterr().out


@pytest.fixture
def migration_of():
    def found(app, suffix):
        folder = importlib.import_module(f"{app}.migrations").__path__[0]
        (name,) = (path.stem for path in __import__("pathlib").Path(folder).glob(f"*_{suffix}.py"))
        return importlib.import_module(f"{app}.migrations.{name}")

    return found


def test_no_talk_is_written_with_a_language_that_is_none():
    talk = TalkFactory.build(conference=TalkFactory().conference, language="Gibberish", slug="x")

    with pytest.raises(IntegrityError):
        Talk.objects.bulk_create([talk])
