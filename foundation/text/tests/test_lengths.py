"""How long something lasts: what people may write, and what every form shows of it."""

import datetime as dt

import pytest
from django import forms
from django.contrib import admin
from django.db import models

from foundation.models.fields import LengthField
from foundation.models.form_fields import LengthFormField
from foundation.text.lengths import length_of, length_text
from foundation.text.tests.test_moments_in_forms import OURS, forms_of, moments_in, subclasses
from talks.factories import TalkFactory
from talks.models import Talk
from tests.tools.admin_form import errors_of, fields_of, save
from tests.tools.moment_fields import own_models


@pytest.mark.parametrize(
    ("minutes", "texts"),
    [
        (45, ["45", " 45 ", "045", "45 min", "45min", "45m", "45 Min.", "45 minutes", "45 mins"]),
        (45, ["0:45", "00:45", "0:45:00", "00:45:00", "PT45M", "pt45m", "P0DT00H45M00S", "45’"]),
        (90, ["90", "1:30", "01:30", "1:30:00", "1 h 30", "1h30", "1h 30m", "1 h 30 min", "90m"]),
        (90, ["1.5 h", "1,5 h", "1 hour 30 minutes", "1 hr 30", "PT1H30M", "PT90M", "1 H 30"]),
        (60, ["60", "1 h", "1h", "1:00", "1 hour", "PT1H"]),
        (24 * 60, ["24:00", "24 h", "P1D"]),
        (0.5, ["30 s", "30s", "PT30S", "0:00:30"]),
        (1.25, ["1 min 15 s", "1m15s", "0:01:15", "PT1M15S"]),
        (0, ["0", "0:00", "PT0S"]),
        (45, ["٤٥", "４５"]),
    ],
)
def test_what_is_understood(minutes, texts):
    assert {text: length_of(text) for text in texts} == dict.fromkeys(
        texts, dt.timedelta(minutes=minutes)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "h",
        "min",
        "-45",
        "45 parsecs",
        "1:75",
        "1:3",
        "1:30:99",
        "1:2:3:4",
        "P",
        "PT",
        "1.5",
        "45 30",
        "1 h 30 h",
        "min 45",
        "9" * 40,
        "PT" + "9" * 40 + "H",
        "1e3",
        "<b>45</b>",
        "1 00:00:00",
    ],
)
def test_what_is_not_understood(text):
    assert length_of(text) is None


def test_what_is_shown_is_understood_as_the_same():
    for seconds in range(0, 90_000, 7):
        length = dt.timedelta(seconds=seconds)
        assert length_of(length_text(length)) == length


def test_every_length_of_ours_is_asked_for_by_one_field(rf, admin_user):
    request = rf.get("/admin/")
    request.user = admin_user
    of_models = [
        field
        for model in own_models()
        for field in model._meta.fields
        if isinstance(field, models.DurationField)
    ]
    of_admin = [
        form
        for model_admin in admin.site._registry.values()
        for form in forms_of(model_admin, request)
    ]
    others = {
        form for form in subclasses(forms.BaseForm) if form.__module__.partition(".")[0] in OURS
    }
    shown = [
        field
        for form in [*of_admin, *others]
        for field in moments_in(form, stock=forms.DurationField).values()
    ]

    assert of_models
    assert {type(field) for field in of_models} == {LengthField}
    assert {type(field) for field in shown} == {LengthFormField}


ADD = "/admin/talks/talk/add/"


def change(talk):
    return f"/admin/talks/talk/{talk.pk}/change/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "minutes", "shown"), [("45", 45, "0:45"), ("1:30", 90, "1:30"), ("PT45M", 45, "0:45")]
)
def test_the_form_shows_and_says_what_it_understood(admin_client, typed, minutes, shown):
    talk = TalkFactory(duration=None)

    save(admin_client, change(talk), duration=typed)
    page = admin_client.get(change(talk))

    talk.refresh_from_db()
    assert talk.duration == dt.timedelta(minutes=minutes)
    assert fields_of(page)["duration"] == shown
    assert f"Duration was understood as {shown} (hours:minutes)." in page.content.decode()
    assert "Minutes (45, 45 min), hours and minutes (1:30, 1 h 30)" in page.content.decode()


@pytest.mark.django_db
def test_a_refused_form_shows_what_it_understood_too(admin_client):
    talk = TalkFactory()

    answer = save(admin_client, change(talk), duration="90 min", title="")

    assert 'value="1:30"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "“soon” is no length that we understand"),
        ("1:75", "“1:75” is no length"),
        ("0", "A talk lasts longer than nothing"),
        ("5400", "at most 24 hours"),
    ],
)
def test_what_is_no_length_of_a_talk_is_refused(admin_client, typed, said):
    talk = TalkFactory()

    answer = save(admin_client, change(talk), duration=typed)

    assert answer.status_code == 200
    assert said in str(errors_of(answer))


@pytest.mark.django_db
def test_an_unchanged_length_stays_to_the_fraction(admin_client):
    exact = dt.timedelta(minutes=25, seconds=15, microseconds=400_000)
    talk = TalkFactory(duration=exact)

    save(admin_client, change(talk), room="Attic")

    stored = Talk.objects.get()
    assert (stored.room, stored.duration) == ("Attic", exact)
