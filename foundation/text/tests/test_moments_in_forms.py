"""Every form of the site that holds a moment: one that nobody changed is not written anew."""

import datetime as dt

import pytest
from django import forms
from django.contrib import admin

from accounts.models import User
from foundation.models.form_fields import MomentFormField
from tests.tools.admin_form import save
from tests.tools.admin_rows import REGISTRY, ROWS, address

pytestmark = pytest.mark.django_db

# In Berlin's clock the second 02:30 of the night in which the clocks were put back.
TWICE = dt.datetime(2025, 10, 26, 1, 30, 15, 123_456, tzinfo=dt.UTC)


@pytest.fixture
def superusers_request(rf, admin_user):
    request = rf.get("/admin/")
    request.user = admin_user
    return request


def forms_of(model_admin, request):
    """Return the classes of form on a model's pages."""
    if not model_admin.has_change_permission(request):
        return
    row = model_admin.model()
    yield model_admin.get_form(request, row, change=True)
    yield model_admin.get_form(request, None)
    if model_admin.list_editable:
        yield model_admin.get_changelist_form(request)
    for inline in model_admin.get_inline_instances(request, row):
        yield inline.get_formset(request, row).form


def moments_in(form, stock=(forms.DateTimeField, forms.SplitDateTimeField)):
    return {name: field for name, field in form.base_fields.items() if isinstance(field, stock)}


def all_admin_moments(request):
    return [
        (form, name, field)
        for model_admin in admin.site._registry.values()
        for form in forms_of(model_admin, request)
        for name, field in moments_in(form).items()
    ]


def test_every_moment_of_the_admin_is_asked_for_by_our_field(superusers_request):
    found = all_admin_moments(superusers_request)

    assert {name for _form, name, _field in found} >= {"starts_at", "published_at", "date_joined"}
    assert [each for each in found if not isinstance(each[2], MomentFormField)] == []


OURS = {"accounts", "conferences", "exchange", "images", "notes_site", "recaps", "search", "talks"}


def subclasses(cls):
    return {cls, *(each for child in cls.__subclasses__() for each in subclasses(child))}


def test_every_other_form_of_ours_asks_by_our_field_too():
    of_model = {
        form for form in subclasses(forms.BaseForm) if form.__module__.split(".")[0] in OURS
    }
    wrong = [
        (f, n)
        for f in of_model
        for n, each in moments_in(f).items()
        if not isinstance(each, MomentFormField)
    ]

    assert of_model
    assert wrong == []


EDITED = ["accounts.user", "recaps.recap", "talks.talk"]


def test_every_admin_page_with_a_moment_is_tried(superusers_request):
    edits = [of for of in REGISTRY.values() if of[1].has_change_permission(superusers_request)]
    labels = [model._meta.label_lower for model, _admin in edits]

    found = [label for label in labels if own_moments(label, superusers_request)]

    assert sorted(set(found) & set(ROWS)) == EDITED
    assert set(found) - set(ROWS) == set()


def own_moments(label, request):
    form = REGISTRY[label][1].get_form(request, REGISTRY[label][0](), change=True)
    return sorted(moments_in(form))


@pytest.mark.parametrize("label", EDITED)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "UTC"])
def test_saving_a_form_writes_no_moment_anew(
    admin_client, superusers_request, settings, label, zone
):
    model = REGISTRY[label][0]
    names = own_moments(label, superusers_request)
    settings.TIME_ZONE = zone
    row = ROWS[label]()
    stored = {name: TWICE - dt.timedelta(days=n) for n, name in enumerate(names)}
    if "starts_at" in stored:
        stored["given_on"] = TWICE.date()
    model._base_manager.filter(pk=row.pk).update(**stored)

    response = save(admin_client, address(label, "change", row.pk))

    assert response.status_code == 302, response.context_data["errors"]
    assert model._base_manager.filter(pk=row.pk).values(*stored).get() == stored


def test_a_scheduled_recap_that_does_not_exist_then_is_refused(admin_client, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    row = ROWS["recaps.recap"]()

    response = save(
        admin_client,
        address("recaps.recap", "change", row.pk),
        published_at_0="2026-03-29",
        published_at_1="02:30",
    )

    assert response.status_code == 200
    assert "29 March 2026, 02:30 does not exist in Europe/Berlin" in response.content.decode()


def test_the_moment_of_whoever_joins_is_kept_whole(admin_client, admin_user):
    User.objects.filter(pk=admin_user.pk).update(date_joined=TWICE)

    save(admin_client, address("accounts.user", "change", admin_user.pk), first_name="A")

    admin_user.refresh_from_db()
    assert (admin_user.first_name, admin_user.date_joined) == ("A", TWICE)
