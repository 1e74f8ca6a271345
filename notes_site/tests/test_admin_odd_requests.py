"""Odd requests to the admin: each is answered in words, none ends in a fault of the server."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory
from tests.tools.admin_rows import REGISTRY, ROWS, address

pytestmark = [pytest.mark.django_db, pytest.mark.walks]


@pytest.fixture(params=sorted(ROWS))
def label(request):
    """The label of each model of the admin in turn."""
    return request.param


ODD_QUERIES = [
    "q=%25_%5C'%22",
    "q=" + "a+" * 3000,
    'q="',
    "p=0",
    "p=-1",
    "p=abc",
    "p=" + "9" * 5000,
    "o=99.-99.abc.-.1.1.1",
    "o=" + "9" * 5000,
    "e=1",
    "all=",
    "id__exact=abc",
    "id__in=1,x",
    "id__exact=" + "9" * 30,
    "pk=1&pk=2",
    "unknown=1",
    "_facets=1",
    "_popup=1",
    "_to_field=id",
    "conference__id__exact=abc",
    "conference__id__exact=" + "9" * 30,
    "tags__id__exact=abc",
    "tags__id__exact=",
    "speakers__id__exact=0",
    "conference__named=%25",
    "kind__exact=odd",
    "is_cancelled__exact=maybe",
    "without=abc",
    "without=recaps&without=day",
    "given_on__year=0",
    "given_on__year=10000",
    "given_on__year=9999",
    "given_on__year=9999&given_on__month=12",
    "given_on__year=2017&given_on__month=13",
    "given_on__year=2017&given_on__day=5",
    "given_on__month=abc",
    "given_on__gte=abc",
    "given_on__isnull=maybe",
    "given_on__gte=99999-01-01",
    "starts_on__year=-1",
    "published_at__year=" + "9" * 5000,
    "published_at__gte=0001-01-01",
    "created_at__date=2017-02-30",
    "created_at__year=0",
    "created_at__year=10000",
    "starts_at__year=10000",
    "attempt_time__year=10000",
]
REFUSED_QUERIES = [
    "title__regex=(",
    "title__iregex=(a%2B)%2B%24",
    "name__regex=(",
    "slug__trigram_similar=a",
    "slug__unaccent=a",
    "title__search=a",
    "title__contains__regex=(",
    "conference__title__regex=(",
    "conference__title__startswith=a",
    "author__password__startswith=a",
    "tagged__added_by__password=a",
    "password__startswith=a",
    "groups__name__startswith=a",
    "pk__regex=(",
]


def test_odd_addresses_of_lists_never_end_in_a_fault(admin_client, label):
    ROWS[label]()
    statuses = {
        query: admin_client.get(f"{address(label, 'changelist')}?{query}").status_code
        for query in ODD_QUERIES
    }

    assert {q: status for q, status in statuses.items() if status not in {200, 302, 400}} == {}


@pytest.mark.parametrize("query", REFUSED_QUERIES)
def test_lists_are_no_oracle_and_run_no_regular_expression(admin_client, query):
    """A column that the model does not have is sent away, any other use is refused."""
    statuses = {
        admin_client.get(f"{address(label, 'changelist')}?{query}").status_code for label in ROWS
    }

    assert statuses <= {302, 400}
    assert 400 in statuses


@pytest.mark.parametrize(
    "path",
    [
        "talks/talk/?q=%00",
        "talks/talk/?title__contains=%00",
        "autocomplete/?app_label=talks&model_name=talk&field_name=conference&term=%00",
        "talks/talk/%00/change/",
    ],
)
def test_nul_is_refused(admin_client, path):
    assert admin_client.get(f"/admin/{path}").status_code == 400


@pytest.mark.parametrize("key", ["abc", "²", "9" * 30, "-1", "1_2", "%E2%80%AE", "1/x"])
@pytest.mark.parametrize("which", ["change", "delete", "history"])
def test_rows_that_cannot_exist(admin_client, key, which):
    assert admin_client.get(f"/admin/talks/talk/{key}/{which}/").status_code == 302


def test_odd_selections_do_nothing(admin_client, label):
    row = ROWS[label]()
    statuses = set()
    for action in ("delete_selected", "add_tags", "no_such_action", ""):
        for chosen in ("abc", "", "9" * 30, "²"):
            fields = {"action": action, "index": "0", "post": "yes"}
            fields["_selected_action"] = [row.pk, chosen]
            response = admin_client.post(address(label, "changelist"), fields)
            statuses.add(response.status_code)

    assert statuses <= {200, 302}
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_thousand_ids_are_refused(admin_client):
    fields = {"action": "add_tags", "_selected_action": list(range(1, 1_100))}

    assert admin_client.post("/admin/talks/talk/", fields).status_code == 400


ODD_VALUES = ["abc", "²", "9" * 30, "-1", "0", "99999-01-01", "2017-02-30"]
# Rows of these are made by programs alone, or under Django's own rules.
NO_FORMS = {"exchange", "axes", "auth", "recaps.followup", "recaps.starttext"}
FORMS = sorted(label for label in ROWS if not {label, label.split(".")[0]} & NO_FORMS)
WITH_SLUGS = [
    form
    for form in FORMS
    if hasattr(REGISTRY[form][0], "get_absolute_url") and hasattr(REGISTRY[form][0], "slug")
]


@pytest.mark.parametrize("form", FORMS)
def test_odd_values_never_end_in_a_fault(admin_client, form):
    """Whatever a field holds: the form comes again with an error, or the row is saved."""
    page = admin_client.get(address(form, "add"))
    names = list(page.context_data["adminform"].form.fields)
    formsets = [inline.formset for inline in page.context_data["inline_admin_formsets"]]
    counts = {
        f"{formset.prefix}-{name}": count
        for formset in formsets
        for name, count in [("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0)]
    }
    in_formsets = [
        f"{formset.prefix}-0-{field}" for formset in formsets for field in formset.empty_form.fields
    ]
    split = [f"{name}_{part}" for name in names for part in (0, 1)]

    for value in ODD_VALUES:
        typed = admin_client.post(
            address(form, "add"), {**dict.fromkeys([*names, *in_formsets, *split], value), **counts}
        )
        asked = admin_client.get(
            address(form, "add"), dict.fromkeys([*names, "tags", "unknown"], value)
        )

        assert (typed.status_code in {200, 302}, asked.status_code) == (True, 200), value


@pytest.mark.parametrize("slug", ["a/b", "..", "a b"])
@pytest.mark.parametrize("form", WITH_SLUGS)
def test_an_impossible_slug_comes_again_with_an_error(admin_client, form, slug):
    row = ROWS[form]()

    typed = admin_client.post(address(form, "change", row.pk), {"slug": slug})

    assert "slug" in typed.context_data["adminform"].form.errors
    type(row).objects.get(pk=row.pk, slug=row.slug)


def test_an_add_page_begins_with_what_its_address_says(admin_client):
    conference = ConferenceFactory(title="Harbour")

    response = admin_client.get(
        "/admin/talks/talk/add/",
        {"conference": conference.pk, "title": "T", "tags": "a, b", "given_on": "2017-04-03"},
    )

    form = response.context_data["adminform"].form
    assert form["title"].value() == "T"
    assert form["tags"].value() == "a, b"
    assert form["given_on"].value() == dt.date(2017, 4, 3)
    assert ">Harbour · " in str(form["conference"])
