"""No text without a limit: in forms, and in the database whoever writes."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from conferences.factories import ConferenceFactory
from foundation.models.append_only import history_may_change
from foundation.models.fields import PROSE_MAX_LENGTH, ProseField
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import TalkFactory
from talks.models import Talk

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


def test_longer_texts_that_exist_are_listed_and_stay(capsys):
    talk = TalkFactory()
    module = import_module("talks.migrations.0016_bounded_texts")
    operation, *_others = module.Migration.operations
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE talks_talk DROP CONSTRAINT talk_abstract_is_bounded")
    Talk.objects.update(abstract="a" * (PROSE_MAX_LENGTH + 5))

    operation.code(apps, connection.schema_editor())

    assert capsys.readouterr().out == f"  talks_talk {talk.pk}: abstract has 100005 characters\n"
    assert len(Talk.objects.get().abstract) == PROSE_MAX_LENGTH + 5
