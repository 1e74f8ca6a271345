"""Two people, or a person and a program, at the form of one row: nobody's work is overwritten."""

import datetime as dt
import json

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from foundation.admin.conflicts import compared_fields
from foundation.admin.field_values import MOST_KEPT, shown
from foundation.admin.forms import RowForm
from foundation.admin.inline_rows import RowsFormSet
from foundation.admin.model_admin import ReadOnlyAdmin, SafeAdmin
from images.admin import ImageAdmin
from tests.tools.admin_form import errors_of, fields_of
from tests.tools.admin_rows import REGISTRY, ROWS, address
from tests.tools.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.twice]
# Recaps have versions, and a page of their own for conflicts: recaps/tests/test_conflicts.py.
OF_THEIR_OWN = {"recaps.recap"}
WRITTEN = sorted(
    label
    for label, (_model, model_admin) in REGISTRY.items()
    if label not in OF_THEIR_OWN and not isinstance(model_admin, ReadOnlyAdmin | ImageAdmin)
)


@pytest.fixture
def other_client(db):
    """Return the browser of a second person."""
    client = Client()
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    return client


def another(bound, number):
    """Return what somebody may type into a field instead of what it shows, as {name: value}."""
    name, field = bound.html_name, bound.field
    if isinstance(field, forms.SplitDateTimeField):
        return {f"{name}_0": f"2019-05-0{number + 1}", f"{name}_1": "10:00:00"}
    if isinstance(field, forms.ModelChoiceField):
        return {name: _another_row(bound, number)}
    for kind, value_of in _OF_KIND.items():
        if isinstance(field, kind):
            return {name: value_of(bound, number)}
    return {name: _TEXTS.get(name, ["changed-0", "changed-1"])[number]}


def _another_row(bound, number):
    if isinstance(bound.field, forms.ModelMultipleChoiceField):
        return [ROWS["auth.group"]().pk if bound.name == "groups" else 1 + number]
    return ROWS[bound.field.queryset.model._meta.label_lower]().pk


def _another_choice(bound, number):
    keys = [key for key, _label in bound.field.choices if key not in ("", bound.value())]
    return keys[number]


def _another_day(bound, number):
    """Return a day before the first of a conference, or after the last."""
    away = dt.timedelta(days=(number + 1) * (-1) ** (bound.name == "starts_on"))
    return str((bound.value() or dt.date(2019, 5, 2)) + away)


_OF_KIND = {
    forms.BooleanField: lambda bound, _number: None if bound.value() else "on",
    forms.ChoiceField: _another_choice,
    forms.DateField: _another_day,
    forms.DurationField: lambda _bound, number: f"0{number + 1}:00:00",
    forms.IntegerField: lambda _bound, number: str(7 + number),
}
_TEXTS = {
    "website": ["https://changed.example/0", "https://changed.example/1"],
    "links": ["https://changed.example/0", "https://changed.example/1"],
    "url": ["https://changed.example/0", "https://changed.example/1"],
    "email": ["changed0@example.org", "changed1@example.org"],
    "time_zone": ["Europe/Berlin", "Asia/Tokyo"],
    "country": ["DE", "FR"],
    "language": ["de", "fr"],
}


def fields_in(answer):
    """Return the fields of a form's page that people fill in, by their names."""
    return {bound.name: bound for bound in compared_fields(answer.context_data["adminform"].form)}


def values_in(answer):
    return {name: str(shown(bound)) for name, bound in fields_in(answer).items()}


def changes(answer, names, number):
    """Return other values for these fields of a form's page."""
    found = fields_in(answer)
    return {key: value for name in names for key, value in another(found[name], number).items()}


def send(client, answer, changed):
    """Send the form of a page that was opened some time ago, with other values in some fields."""
    sent = {**fields_of(answer), **changed}
    page = answer.request["PATH_INFO"]
    return client.post(page, {name: value for name, value in sent.items() if value is not None})


@pytest.mark.parametrize("label", sorted(REGISTRY))
def test_every_form_of_the_admin_is_of_the_kind(label, rf, admin_user):
    _model, model_admin = REGISTRY[label]
    request = rf.get("/")
    request.user = admin_user

    assert isinstance(model_admin, SafeAdmin)
    if model_admin.has_change_permission(request):
        row = ROWS[label]()
        assert issubclass(model_admin.get_form(request, row, change=True), RowForm)
    for inline in model_admin.inlines:
        formset = inline(model_admin.model, admin.site).get_formset(request)
        assert issubclass(formset, RowsFormSet)
        assert issubclass(formset.form, RowForm)


# Fields that others of the row follow: a new address says host, id and start anew.
LEADERS = {"talks.recording": {"url"}}


@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("label", WRITTEN)
def test_what_two_people_change_in_different_fields_is_kept(
    label, turn, admin_client, other_client
):
    page = address(label, "change", ROWS[label]().pk)
    opened, theirs_opened = admin_client.get(page), other_client.get(page)
    names = [name for name in fields_in(opened) if name not in LEADERS.get(label, ())]
    theirs, yours = names[turn::2], names[1 - turn :: 2]
    first = values_in(opened)

    saved = send(other_client, theirs_opened, changes(theirs_opened, theirs, 0))
    assert saved.status_code == 302, errors_of(saved)
    between = values_in(other_client.get(page))
    assert [name for name in names if between[name] != first[name]] == theirs
    saved = send(admin_client, opened, changes(opened, yours, 1))

    assert saved.status_code == 302, errors_of(saved)
    last = values_in(other_client.get(page))
    assert {name: last[name] for name in theirs} == {name: between[name] for name in theirs}
    assert [name for name in yours if last[name] == first[name]] == []


@pytest.mark.parametrize("label", WRITTEN)
def test_what_two_people_change_in_one_field_is_asked_about(label, admin_client, other_client):
    page = address(label, "change", ROWS[label]().pk)
    opened, theirs_opened = admin_client.get(page), other_client.get(page)
    # Two people can do but one thing to a box; tags are things of their own, and all kept.
    names = [
        name
        for name, bound in fields_in(opened).items()
        if not (isinstance(bound.field, forms.BooleanField) or hasattr(bound.field, "merged"))
    ]
    typed = changes(opened, names, 1)
    send(other_client, theirs_opened, changes(theirs_opened, names, 0))
    theirs = values_in(other_client.get(page))

    refused = send(admin_client, opened, typed)

    assert refused.status_code == (409 if names else 302)
    if names:
        assert names == [name for name in errors_of(refused) if name in names]
        assert values_in(other_client.get(page)) == theirs
        sent = refused.context_data["adminform"].form.data
        assert {name: sent.getlist(name) for name in typed} == {
            name: [str(each) for each in (value if isinstance(value, list) else [value])]
            for name, value in typed.items()
        }
        assert refused.content.decode().count("When you opened the form") == len(names)

        decided = send(admin_client, refused, {})

        assert decided.status_code == 302, errors_of(decided)
        last = values_in(other_client.get(page))
        assert [name for name in names if last[name] == theirs[name]] == []


@pytest.mark.parametrize("label", WRITTEN)
def test_theirs_can_be_taken_instead(label, admin_client, other_client):
    page = address(label, "change", ROWS[label]().pk)
    opened, theirs_opened = admin_client.get(page), other_client.get(page)
    names = [name for name in ("title", "name", "public_name", "url") if name in fields_in(opened)]
    if not names:
        pytest.skip("has no such field")
    send(other_client, theirs_opened, changes(theirs_opened, names, 0))
    refused = send(admin_client, opened, changes(opened, names, 1))
    theirs = values_in(other_client.get(page))

    taken = send(admin_client, refused, {"_take_theirs": names})

    assert taken.status_code == 302, errors_of(taken)
    assert values_in(other_client.get(page)) == theirs


@pytest.mark.parametrize("label", WRITTEN)
def test_a_row_that_is_gone_shows_what_was_typed(label, admin_client):
    row = ROWS[label]()
    opened = admin_client.get(address(label, "change", row.pk))
    names = [name for name in ("title", "name", "public_name", "url") if name in fields_in(opened)]
    if not names:
        pytest.skip("nobody types into it, or nobody deletes it")
    _delete(row)

    answer = send(admin_client, opened, {names[0]: "Typed for <an> hour"})

    assert answer.status_code == 404
    assert "Typed for &lt;an&gt; hour" in answer.content.decode()


def test_what_a_form_carries_is_bounded(admin_client):
    conference = ConferenceFactory(description="long " * 20_000)

    opened = admin_client.get(address("conferences.conference", "change", conference.pk))

    assert len(opened.context_data["opening"]) < 2 * MOST_KEPT
    saved = send(admin_client, opened, {"city": "Turin"})
    assert saved.status_code == 302
    conference.refresh_from_db()
    assert (conference.city, len(conference.description)) == ("Turin", 99_999)


def test_a_long_text_that_two_people_change_is_asked_about(admin_client, other_client):
    conference = ConferenceFactory(description="long " * 20_000)
    page = address("conferences.conference", "change", conference.pk)
    opened = admin_client.get(page)
    send(other_client, other_client.get(page), {"description": "theirs " * 500})

    refused = send(admin_client, opened, {"description": "yours " * 500})

    assert refused.status_code == 409
    assert "theirs theirs" in refused.content.decode()


@pytest.mark.parametrize("odd", ["", "[]", "{", "null", "[" * 100_000, '{"": 7, "x": [1]}'])
def test_an_opening_that_cannot_be_read_overwrites_nothing(admin_client, odd):
    conference = ConferenceFactory(title="As it is", city="Turin")
    opened = admin_client.get(address("conferences.conference", "change", conference.pk))

    unchanged = send(admin_client, opened, {"_opened_with": odd})
    refused = send(admin_client, opened, {"title": "Mine", "_opened_with": odd})

    assert (unchanged.status_code, refused.status_code) == (302, 409)
    conference.refresh_from_db()
    assert conference.title == "As it is"


def test_the_history_tells_of_each_what_they_changed(admin_client, other_client):
    conference = ConferenceFactory()
    page = address("conferences.conference", "change", conference.pk)
    opened = admin_client.get(page)
    send(other_client, other_client.get(page), {"title": "Theirs"})

    saved = send(admin_client, opened, {"city": "Turin"})

    last, first = LogEntry.objects.order_by("-pk")[:2]
    assert json.loads(last.change_message) == [{"changed": {"fields": ["City"]}}]
    assert json.loads(first.change_message) == [{"changed": {"fields": ["Title"]}}]
    assert any("Title" in str(said) for said in get_messages(saved.wsgi_request))


def test_what_is_stored_and_typed_alike_is_no_question(admin_client, other_client):
    conference = ConferenceFactory()
    page = address("conferences.conference", "change", conference.pk)
    opened = admin_client.get(page)
    send(other_client, other_client.get(page), {"title": "The same", "city": "Turin"})

    saved = send(admin_client, opened, {"title": "The same"})

    assert saved.status_code == 302
    conference.refresh_from_db()
    assert (conference.title, conference.city) == ("The same", "Turin")


def test_no_column_is_written_that_nobody_changed(admin_client):
    conference = ConferenceFactory(title="As it is")
    opened = admin_client.get(address("conferences.conference", "change", conference.pk))

    with CaptureQueriesContext(connection) as queries:
        send(admin_client, opened, {"city": "Turin"})

    written = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "conferences_conf')]
    assert [sql.partition(" WHERE ")[0] for sql in written] == [
        """UPDATE "conferences_conference" SET "city" = 'Turin'"""
    ]


def _delete(row):
    for related in type(row)._meta.related_objects:
        if related.on_delete is not None and related.on_delete.__name__ == "PROTECT":
            related.related_model._base_manager.filter(**{related.field.name: row}).delete()
    row.delete()


_BOTH = {"password1": "long-and-new-7", "password2": "long-and-new-7"}
PASSWORDS = {"new_password1": "long-and-new-7", "new_password2": "long-and-new-7"}


@pytest.mark.parametrize(
    ("where", "typed"),
    [
        ("/admin/password_change/", {"old_password": "password", **PASSWORDS}),
        (
            "/admin/accounts/user/{}/password/",
            _BOTH,
        ),
        ("/admin/accounts/user/{}/password/", {"usable_password": "false", "unset-password": "1"}),
    ],
)
def test_a_password_is_written_alone(admin_client, admin_user, where, typed):
    with CaptureQueriesContext(connection) as queries:
        saved = admin_client.post(where.format(admin_user.pk), {"usable_password": "true", **typed})

    assert saved.status_code == 302
    written = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "accounts_user"')]
    assert len(written) == 1
    assert written[0].startswith('UPDATE "accounts_user" SET "password" =')
    assert '"email"' not in written[0].partition(" WHERE ")[0]
