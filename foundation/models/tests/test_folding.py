"""Searches of the admin fold as the public one does; a name that is there is offered."""

import unicodedata

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Value

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.admin.model_admin import SafeAdmin
from foundation.admin.namesakes import NamesakesForm
from foundation.admin.search import found_in
from foundation.models.folding import Folded
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import Speaker
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from talks.models import Tag
from tests.tools.admin_form import errors_of, save
from tests.tools.signing_in import sign_in

pytestmark = pytest.mark.django_db

SAME = [
    ("Łukasz Żółć", "lukasz zolc"),
    ("Ćwikła", "cwikla"),
    ("José", "JOSE"),
    ("José", unicodedata.normalize("NFD", "José")),
    ("O’Brien", "O'Brien"),
    ("O’Brien", "obrien"),
    ("Straße", "STRASSE"),
    ("Øystein Ærø Þór", "oystein aero thor"),
    ("Σωκράτης", "ΣΩΚΡΑΤΗΣ"),
    ("Ｆｕｌｌ", "full"),
    ("Пётр", "петр"),
]


@pytest.fixture
def staff(client):
    sign_in(client, UserFactory(superuser=True))
    return client


@pytest.mark.parametrize(("name", "asked"), SAME)
def test_two_spellings_are_folded_the_same(name, asked):
    SpeakerFactory(name=name, slug="x")

    assert Speaker.objects.filter(name__folded__contains=Folded(Value(asked))).exists()
    assert Speaker.objects.filter(name__folded=Folded(Value(asked))).exists()


@pytest.mark.parametrize(("name", "asked"), SAME)
def test_lists_and_autocompletion_of_the_admin_find_it(staff, name, asked):
    speaker = SpeakerFactory(name=name, slug="x")
    SpeakerFactory(name="Somebody else", slug="y")
    TalkFactory(speakers=[speaker])

    found = staff.get("/admin/speakers/speaker/", {"q": asked}).context_data["cl"].result_list
    asked_for = {"app_label": "talks", "model_name": "talkspeaker", "field_name": "speaker"}
    offered = staff.get("/admin/autocomplete/", {**asked_for, "term": asked}).json()["results"]
    talks = staff.get("/admin/talks/talk/", {"q": asked}).context_data["cl"].result_list

    assert (list(found), len(offered), len(talks)) == ([speaker], 1, 1)


def searched():
    """Return the admins of our models with the columns they search."""
    return [
        (each, name)
        for each in admin.site._registry.values()
        if isinstance(each, SafeAdmin) and each.opts.app_label not in ("axes", "auth")
        for name in each.search_fields
    ]


def test_every_column_that_people_write_is_folded():
    asked = [(each.model, name, str(rows_with(each, name).query)) for each, name in searched()]
    codes = {name for _model, name, sql in asked if "notes_fold" not in sql}

    assert codes == {
        "digest",
        "email",
        "external_id",
        "file_hash",
        "url",
        "username",
    }


def rows_with(each, name):
    return each.model._base_manager.filter(found_in(each.model, name, "x"))


def test_what_is_short_is_found_too(staff):
    TalkFactory(title="Ć", slug="c")

    assert len(staff.get("/admin/talks/talk/?q=c").context_data["cl"].result_list) == 1


@pytest.mark.parametrize("label", ["speakers.Speaker", "talks.Talk", "recaps.Recap"])
def test_what_there_is_a_lot_of_has_an_index(label):
    model = apps.get_model(label)
    column = "name" if label.startswith("speakers") else "title"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN SELECT id FROM {model._meta.db_table}"
            f" WHERE notes_fold({column}) LIKE '%%' || notes_fold('lukas') || '%%'"
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "_folded" in plan


# Adding a name that is there

KINDS = {
    "speakers/speaker": (SpeakerFactory, "name"),
    "talks/tag": (TagFactory, "name"),
    "conferences/conference": (ConferenceFactory, "title"),
    "conferences/series": (SeriesFactory, "title"),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param, *KINDS[request.param]


def test_every_form_of_names_asks():
    forms = {each.form for each in admin.site._registry.values()}
    asking = {form for form in forms if issubclass(form, NamesakesForm)}

    assert len(asking) == len(KINDS)


def test_who_is_there_is_offered(staff, kind):
    path, make, column = kind
    row = make(**{column: "Zażółć"}, slug="there")

    answer = save(staff, f"/admin/{path}/add/", **{column: "zazolc"})

    (said,) = errors_of(answer)[column]
    assert "There is one of this name already" in said
    assert f'href="/admin/{path}/{row.pk}/change/"' in said
    assert 'name="add_anyway" value="zazolc"' in said
    assert type(row).objects.count() == 1


def test_another_one_of_the_name_is_added_by_who_says_so(staff, kind):
    path, make, column = kind
    row = make(**{column: "Zażółć"}, slug="there")

    save(staff, f"/admin/{path}/add/", **{column: "Zazolc", "add_anyway": "zazolc"})

    assert type(row).objects.count() == 2


def test_what_was_said_of_one_name_is_not_said_of_another(staff):
    SpeakerFactory(name="Ada")

    answer = save(staff, "/admin/speakers/speaker/add/", name="ada", add_anyway="grace")

    assert errors_of(answer).keys() == {"name"}


def test_renaming_asks_and_other_changes_do_not(staff, kind):
    path, make, column = kind
    row, _other = make(**{column: "Zażółć"}, slug="x"), make(**{column: "Zazolc"}, slug="y")
    page = f"/admin/{path}/{row.pk}/change/"

    assert save(staff, page, slug="z").status_code == 302
    assert save(staff, page, **{column: "ZAZOLC"}).status_code == 200


@pytest.mark.parametrize("make", [SpeakerAliasFactory, TagAliasFactory])
def test_other_names_are_names(staff, make):
    alias = make(name="Grâce")
    path = "speakers/speaker" if make is SpeakerAliasFactory else "talks/tag"

    answer = save(staff, f"/admin/{path}/add/", name="grace")

    assert str((getattr(alias, "speaker", None) or alias.tag).pk) in errors_of(answer)["name"][0]


def test_a_tag_that_is_there_to_the_letter_cannot_be_added_twice(staff):
    TagFactory(name="Python")

    answer = save(staff, "/admin/talks/tag/add/", name="python", add_anyway="python")

    assert "add_anyway" not in str(errors_of(answer)["name"])
    assert Tag.objects.count() == 1


def test_markup_in_a_name_is_a_name(staff):
    SpeakerFactory(name="<b>Ada</b>", slug="ada")

    (said,) = errors_of(save(staff, "/admin/speakers/speaker/add/", name="<B>ada</B>"))["name"]

    assert "<b>" not in said
