"""No text without a limit: in forms, and in the database whoever writes."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from conferences.models import Conference
from foundation.models.append_only import history_may_change
from foundation.models.fields import PROSE_MAX_LENGTH, ProseField
from foundation.models.long_texts import TextLimit
from recaps.factories import RecapFactory
from recaps.forms import AutosaveForm
from recaps.models import Recap
from recaps.writing import write_recap
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.admin_form import errors_of, save
from tests.tools.signing_in import sign_in

pytestmark = pytest.mark.django_db
OURS = {"accounts", "speakers", "conferences", "talks", "images", "recaps", "exchange"}
# What the site makes itself, of texts that have a limit.
MADE = {("recaps.Recap", "body_html")}
TEXTS = [
    (model, field)
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if model._meta.app_label in OURS and isinstance(field, models.TextField)
]
KEPT = [(model, field) for model, field in TEXTS if isinstance(field, ProseField)]


def _row(model):
    RecapFactory(talk=TalkFactory(conference=ConferenceFactory(), speakers=[SpeakerFactory()]))
    row = model._base_manager.first()
    assert row is not None, model
    return row


def test_every_text_is_one_that_has_a_limit():
    others = {(model._meta.label, field.name) for model, field in TEXTS} - {
        (model._meta.label, field.name) for model, field in KEPT
    }

    assert others == MADE
    assert all(field.max_length for _model, field in KEPT)
    assert len(KEPT) >= 8


@pytest.mark.parametrize(("model", "field"), KEPT, ids=str)
def test_a_text_above_its_limit_is_refused_by_form_and_database(model, field):
    row, most = _row(model), field.max_length
    form = field.formfield()
    rows = model._base_manager.filter(pk=row.pk)

    assert form.clean("ä" * most)
    with pytest.raises(ValidationError):
        form.clean("ä" * (most + 1))
    with history_may_change():
        rows.update(**{field.name: "ä" * most})
        with pytest.raises(IntegrityError, match="check"), transaction.atomic():
            rows.update(**{field.name: "ä" * (most + 1)})
    setattr(row, field.name, "ä" * (most + 1))
    with pytest.raises(ValidationError):
        row.validate_constraints()


def make_longer(model, field):
    """Give a row a text from before the limit, and return the row as it is read now."""
    row, text = _row(model), "ä" * (field.max_length + 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('notes.loading', 'yes', true)")
    with history_may_change():
        model._base_manager.filter(pk=row.pk).update(**{field.name: text})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('notes.loading', 'no', true)")
    return model._base_manager.get(pk=row.pk)


# The body of a recap had its limit from the first day.
LIMITED = [
    (model, field)
    for model, field in KEPT
    if any(
        isinstance(rule, TextLimit) and rule.field == field.name for rule in model._meta.constraints
    )
]


def test_all_texts_but_one_had_no_limit_once():
    assert set(map(str, [each[1] for each in KEPT])) - {str(field) for _, field in LIMITED} == {
        "recaps.Recap.body"
    }


@pytest.mark.parametrize(("model", "field"), LIMITED, ids=str)
def test_a_row_with_a_longer_text_can_be_changed_otherwise(model, field):
    row = make_longer(model, field)

    row.validate_constraints()
    with history_may_change():
        row.save()

    setattr(row, field.name, "ö" + getattr(row, field.name))
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert list(refused.value.message_dict) == [field.name]
    with history_may_change(), pytest.raises(IntegrityError, match="check"), transaction.atomic():
        row.save()


PAGES = [(Talk, "abstract", {"room": "B"}), (Speaker, "bio", {"name": "Ada L."})]


@pytest.mark.parametrize(
    ("model", "name", "typed"),
    [*PAGES, (Conference, "description", {"city": "Ulm"}), (Recap, "summary", {"title": "So"})],
)
def test_the_admin_saves_the_other_fields_of_a_row_with_a_longer_text(client, model, name, typed):
    row = make_longer(model, model._meta.get_field(name))
    sign_in(client, UserFactory(superuser=True))
    page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/"

    answer = save(client, page, **typed)

    assert answer.status_code == 302, errors_of(answer)
    changed = model._base_manager.get(pk=row.pk)
    assert {column: getattr(changed, column) for column in typed} == typed
    assert getattr(changed, name) == getattr(row, name)

    answer = save(client, page, **{name: "ö" + getattr(row, name)})

    assert name in errors_of(answer)


def test_a_version_repeats_the_longer_summary_of_its_recap():
    recap = make_longer(Recap, Recap._meta.get_field("summary"))
    recap.body = "Another text."

    write_recap(recap)

    assert recap.versions.newest_first().first().summary == recap.summary


def test_what_is_typed_beside_a_longer_summary_is_kept():
    recap = make_longer(Recap, Recap._meta.get_field("summary"))
    facts = {"recap": recap.pk, "sitting": str(uuid.uuid4()), "step": 1, "body": "Typed."}

    assert AutosaveForm({**facts, "summary": recap.summary}).is_valid()
    assert not AutosaveForm({**facts, "summary": "ö" + recap.summary}).is_valid()


def test_no_check_is_left_that_old_rows_were_not_asked():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchall() == []


def test_longer_texts_that_exist_are_listed_and_stay(capsys):
    talk = make_longer(Talk, Talk._meta.get_field("abstract"))
    module = import_module("talks.migrations.0016_bounded_texts")
    operation, *_others = module.Migration.operations

    operation.code(apps, connection.schema_editor())

    assert capsys.readouterr().out == f"  talks_talk {talk.pk}: abstract has 100005 characters\n"
    assert len(Talk.objects.get().abstract) == PROSE_MAX_LENGTH + 5
