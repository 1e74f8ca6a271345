"""Every day and moment is within the years, whatever gives it: forms, files, SQL, defaults."""

import datetime as dt
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory
from django.utils import timezone

from accounts.factories import UserFactory
from foundation.models.fields import DayField, MomentField
from foundation.models.mending import MendYears
from foundation.text.bounds import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT, is_within
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import RecordingFactory, TalkFactory
from tests.tools.admin_form import errors_of, save
from tests.tools.moment_fields import lift_bounds, moment_fields, own_models, put

ZONES = ["America/New_York", "Europe/Berlin", "Pacific/Kiritimati"]
FIELDS = [pytest.param(field, id=str(field)) for field in moment_fields()]


@pytest.fixture(params=ZONES)
def zone(request, settings):
    settings.TIME_ZONE = request.param
    with timezone.override(request.param):
        yield


@pytest.mark.parametrize("field", FIELDS)
def test_every_day_and_moment_is_of_the_one_kind(field):
    kind = MomentField if isinstance(field, models.DateTimeField) else DayField

    assert isinstance(field, kind)


def _checks_of(field):
    """Return the column's constraint in the database as an SQL expression of the column alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(conbin, conrelid), convalidated FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND conname LIKE %s",
            [field.model._meta.db_table, f"%\\_{field.column}\\_is\\_within\\_the\\_years"],
        )
        [(expression, is_validated)] = cursor.fetchall()
    assert is_validated
    return expression


def _passes(field, value):
    kind = "date" if type(field) is DayField else "timestamptz"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_checks_of(field)} FROM (SELECT %s::{kind} AS {field.column}) AS row", [value]
        )
        return cursor.fetchone()[0]


BEYOND = ["-infinity", "0001-01-01", "0044-03-15 BC", "1899-12-31", "2201-01-01", "10000-01-01"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS)
def test_the_database_refuses_what_is_outside_the_years(field):
    is_day = type(field) is DayField
    ends = (FIRST_DAY, LAST_DAY) if is_day else (FIRST_MOMENT, LAST_MOMENT)
    step = dt.timedelta(days=1) if is_day else dt.timedelta(microseconds=1)

    assert [_passes(field, end) for end in ends] == [True, True]
    assert [_passes(field, end) for end in (ends[0] - step, ends[1] + step)] == [False, False]
    assert [_passes(field, value) for value in [*BEYOND, "infinity"]] == [False] * 7


TYPED = ["0001-01-01", "0001-01-02", "1899-12-31", "2201-01-01", "9999-12-30", "9999-12-31"]
CLOCKS = ["00:00", "12:00", "23:59:59.999999"]


def _refuses(field, day):
    if isinstance(field, forms.SplitDateTimeField):
        return all(_is_refused(field, [day, clock]) for clock in CLOCKS)
    if isinstance(field, forms.DateTimeField):
        return all(_is_refused(field, f"{day} {clock}") for clock in CLOCKS)
    return _is_refused(field, day)


def _is_refused(field, value):
    try:
        field.clean(value)
    except ValidationError as error:
        return "Give a" in error.messages[0]
    return False


@pytest.mark.parametrize("field", FIELDS)
def test_every_form_made_of_a_model_refuses_them(field, zone):
    form_field = field.formfield()

    assert [day for day in TYPED if not _refuses(form_field, day)] == []


def _forms_of_the_admin():
    """Return every form that the admin shows, those of inlines too."""
    request = RequestFactory().get("/")
    request.user = UserFactory.build(is_superuser=True, is_staff=True)
    for model in own_models():
        if model_admin := admin.site._registry.get(model):
            yield model_admin.get_form(request, model(), change=True)
            if model_admin.has_add_permission(request):
                yield model_admin.get_form(request)
            for inline in model_admin.get_inline_instances(request):
                yield inline.get_formset(request).form


def _written_forms(form=forms.BaseForm):
    """Return every form that is written in this repository."""
    names = {model.__module__.partition(".")[0] for model in own_models()}
    for further in form.__subclasses__():
        if further.__module__.partition(".")[0] in names and hasattr(further, "base_fields"):
            yield further
        yield from _written_forms(further)


@pytest.mark.django_db
def test_every_form_refuses_them(zone):
    temporal = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
    fields = {
        (form.__name__, name): field
        for form in [*_forms_of_the_admin(), *_written_forms()]
        for name, field in form.base_fields.items()
        if isinstance(field, temporal)
    }

    assert {name for _form, name in fields} >= {"published_at", "starts_at", "given_on"}
    assert [at for at, field in fields.items() if not all(_refuses(field, d) for d in TYPED)] == []


LONG_NUMBERS = ["2147483648", "-2147483649", "9" * 30, "-" + "9" * 30, "9" * 5_000]
KEYS = {"recap"}  # of rows, which have more digits


def test_no_column_and_no_form_takes_a_number_that_is_too_large_to_work_with():
    columns = [
        (str(field), text[:20])
        for model in own_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.IntegerField) and not isinstance(field, models.BigIntegerField)
        for text in LONG_NUMBERS
        if _takes(field, text, None)
    ]
    fields = [
        (form.__name__, name, text[:20])
        for form in _written_forms()
        for name, field in form.declared_fields.items()
        if isinstance(field, forms.IntegerField) and name not in KEYS
        for text in LONG_NUMBERS
        if _takes(field, text)
    ]

    assert columns + fields == []


def _takes(field, text, *row):
    try:
        field.clean(text, *row)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("zone_name", ZONES)
def test_by_no_clock_is_a_moment_within_the_bounds_outside_the_years(zone_name):
    with timezone.override(zone_name):
        days = [timezone.localtime(moment).date() for moment in (FIRST_MOMENT, LAST_MOMENT)]

    assert all(is_within(day) for day in days)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1850-06-01"])
def test_a_recap_is_not_published_outside_the_years(admin_client, zone, day):
    recap = RecapFactory()
    moment = recap.published_at

    response = save(
        admin_client,
        f"/admin/recaps/recap/{recap.pk}/change/",
        published_at_0=day,
        published_at_1="23:59",
    )

    assert errors_of(response)["published_at"] == [
        "Give a moment from 2 January 1900 to 29 December 2200."
    ]
    assert Recap.objects.get().published_at == moment


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-800_000, 800_000])
def test_no_write_gets_past_the_database(days):
    """Neither `update()` nor `bulk_create()` asks a form."""
    recap, talk = RecapFactory(), TalkFactory()
    far = timezone.now() + dt.timedelta(days=days) if days > 0 else dt.datetime.min
    far = far.replace(tzinfo=dt.timezone(dt.timedelta(hours=-14)))

    for row, column in ((recap, "published_at"), (recap, "updated_at"), (talk, "starts_at")):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{column: far})


# Mending what is there already


def _mended(capsys, operation):
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("", editor, None, None)
    return capsys.readouterr().out


def _mend_operations(app, name):
    module = __import__(f"{app}.migrations.{name}", fromlist=["Migration"])
    return [each for each in module.Migration.operations if isinstance(each, MendYears)]


MIGRATIONS = {
    "accounts": "0003_moments_within_the_years",
    "conferences": "0003_moments_within_the_years",
    "exchange": "0003_moments_within_the_years",
    "images": "0003_moments_within_the_years",
    "recaps": "0010_moments_within_the_years",
    "speakers": "0003_moments_within_the_years",
    "talks": "0006_moments_within_the_years",
}

# Columns that were bounded from their first migration on: no row can be outside.
NEVER_UNBOUNDED = {("recaps_recap", "day")}


def test_every_bounded_column_is_mended_by_a_migration():
    mended = {
        (operation.table, column)
        for app, name in MIGRATIONS.items()
        for operation in _mend_operations(app, name)
        for column in [*operation.days, *operation.moments]
    }

    assert {(field.model._meta.db_table, field.column) for field in moment_fields()} <= (
        mended | NEVER_UNBOUNDED
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(m, id=m)
        for m in ["10000-01-01 04:59:00+00", "-infinity", "1850-06-01 00:00+00"]
    ],
)
def test_an_impossible_publication_becomes_a_draft(capsys, moment):
    lift_bounds()
    recap, other = RecapFactory(), RecapFactory()
    put(recap, published_at=moment, updated_at="infinity")

    said = _mended(capsys, _mend_operations("recaps", MIGRATIONS["recaps"])[0])

    recap.refresh_from_db()
    assert (recap.status, recap.published_at) == ("draft", None)
    assert recap.updated_at <= timezone.now()
    assert f"recaps_recap {recap.pk}: published_at was {moment[:8]}" in said
    assert "is now NULL, and status 'draft'\n" in said
    assert f"recaps_recap {recap.pk}: updated_at was infinity, is now now()\n" in said
    before = other.updated_at
    other.refresh_from_db()
    assert (other.status, other.updated_at) == ("published", before)
    assert len(said.splitlines()) == 2


@pytest.mark.django_db
def test_an_impossible_day_of_a_talk_is_unknown_and_so_is_its_start(capsys):
    lift_bounds()
    talk, other = TalkFactory(), TalkFactory()
    put(talk, given_on="10000-01-01", starts_at="2017-01-01 10:00+00")
    put(other, starts_at="infinity")

    said = _mended(capsys, _mend_operations("talks", MIGRATIONS["talks"])[1])

    talk.refresh_from_db()
    other.refresh_from_db()
    assert (talk.given_on, talk.starts_at, other.starts_at) == (None, None, None)
    assert other.given_on
    assert said == (
        f"  talks_talk {talk.pk}: given_on was 10000-01-01, is now NULL, and starts_at NULL\n"
        f"  talks_talk {other.pk}: starts_at was infinity, is now NULL\n"
    )


@pytest.mark.django_db
def test_an_impossible_first_day_takes_the_last_one_with_it(capsys):
    lift_bounds()
    talk = TalkFactory()
    put(talk.conference, ends_on="infinity")
    another = TalkFactory().conference
    put(another, starts_on="1066-10-14", ends_on="1999-01-01")

    _mended(capsys, _mend_operations("conferences", MIGRATIONS["conferences"])[1])

    talk.conference.refresh_from_db()
    another.refresh_from_db()
    assert (talk.conference.starts_on is None, talk.conference.ends_on) == (False, None)
    assert (another.starts_on, another.ends_on) == (None, None)


@pytest.mark.django_db
def test_an_impossible_offset_of_a_recording_becomes_none(capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE talks_recording DROP CONSTRAINT recording_offset_is_plausible")
    far, near = RecordingFactory(offset_seconds=2**31 - 1), RecordingFactory(offset_seconds=-30)

    with connection.schema_editor(atomic=False) as editor:
        import_module("talks.migrations.0013_offsets_within_a_week").mend(apps, editor)

    far.refresh_from_db()
    near.refresh_from_db()
    assert (far.offset_seconds, near.offset_seconds) == (0, -30)
    assert f"talks_recording {far.pk}: offset_seconds was 2147483647" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [604_801, -604_801])
def test_a_recording_does_not_begin_more_than_a_week_off(seconds):
    recording = RecordingFactory()
    recording.offset_seconds = seconds

    with pytest.raises(ValidationError):
        recording.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        recording.save()
