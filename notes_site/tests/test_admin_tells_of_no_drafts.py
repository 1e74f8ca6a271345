"""Lists of the admin answer no question about rows that the person may not see.

All models of the admin are asked, and of each all of its relations and columns.
"""

import re

import pytest
from django.contrib import admin
from django.db.models import ForeignObjectRel

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from images.factories import ImageFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from talks.factories import TagFactory, TalkFactory
from talks.models import Talk
from tests.tools.admin_rows import REGISTRY, ROWS, address

pytestmark = [pytest.mark.django_db, pytest.mark.walks]
# What changes from one answer to the next.
_CHANGING = re.compile(r'csrfmiddlewaretoken" value="\w+"|nonce-[\w-]+')
_LOOKUPS = ("exact", "isnull", "in", "gt", "lt", "contains", "startswith", "icontains", "date")


def _asked_of(model):
    """Return what an address could ask: each relation and column, two relations on, each lookup."""
    for name, field in _fields(model):
        yield from (name, *(f"{name}__{lookup}" for lookup in _LOOKUPS))
        if field.is_relation and field.related_model:
            for further, _field in _fields(field.related_model):
                yield from (f"{name}__{further}", f"{name}__{further}__exact")


def _fields(model):
    for field in model._meta.get_fields():
        is_reverse = isinstance(field, ForeignObjectRel)
        yield (field.get_accessor_name() if is_reverse else field.name), field
        if is_reverse:
            yield field.name, field


def _named_by_filters(client, label):
    """Return the parameters that the list's own filters and days have in their links."""
    changelist = client.get(address(label, "changelist")).context_data["cl"]
    names = {name for spec in changelist.filter_specs for name in spec.expected_parameters()}
    # A filter by a related row answers to the bare name of the relation too.
    names |= {getattr(spec, "field_name", None) for spec in changelist.filter_specs} - {None}
    days = changelist.date_hierarchy
    return {*names, *(f"{days}__{part}" for part in ("year", "month", "day") if days)}


@pytest.fixture(params=sorted(ROWS))
def label(request):
    """The label of each model of the admin in turn."""
    return request.param


def test_a_list_accepts_what_its_filters_name_and_nothing_else(admin_client, label):
    ROWS[label]()
    model, model_admin = REGISTRY[label]
    named = _named_by_filters(admin_client, label)
    # Django's filters of columns understand these too, of their own column alone.
    own = {f for f in model_admin.list_filter if isinstance(f, str)}
    asked = {name for name in _asked_of(model) if name.split("__")[0] not in own} - named

    allowed = {name for name in asked if model_admin.lookup_allowed(name, "1")}

    assert allowed == set()
    assert {name for name in named if not model_admin.lookup_allowed(name, "1")} == set()
    some = [name for name in sorted(asked) if "recap" in name][:5] + sorted(asked)[:5]
    statuses = {
        admin_client.get(address(label, "changelist"), {name: "1"}).status_code for name in some
    }
    assert statuses <= {400}


@pytest.mark.parametrize(
    "query",
    ["recaps={0}", "recaps__isnull=False&id__exact={1}", "recaps__body__contains=x", "id={1}"],
)
def test_a_note_taker_cannot_ask_a_list_about_drafts(client, query):
    client.force_login(UserFactory(staff=True, role="Note-takers"))
    recap = RecapFactory(draft=True)

    answer = client.get("/admin/talks/talk/?" + query.format(recap.pk, recap.talk_id))

    assert answer.status_code == 400


def _pages(client, rows):
    """Return every page of the admin that the person may open, as text by address."""
    pages, waiting = {}, ["/admin/"]
    for model in admin.site._registry:
        label = model._meta.label_lower
        waiting.append(address(label, "changelist"))
        waiting += [f"{address(label, 'changelist')}?q={word}" for word in ("zxq", "otter")]
        waiting += [
            address(label, which, row.pk)
            for row in rows.get(label, [])
            for which in ("change", "history", "delete")
        ]
    for name, field in (("recap", "talk"), ("recap", "conference"), ("recap", "author")):
        waiting.append(
            f"/admin/autocomplete/?app_label=recaps&model_name={name}&field_name={field}&term=zxq"
        )
    while waiting:
        asked = waiting.pop()
        if asked not in pages:
            answer = client.get(asked)
            pages[asked] = (answer.status_code, _CHANGING.sub("", answer.content.decode()))
            waiting += _choices(answer, asked)
    return pages


def _choices(answer, asked):
    """Return the addresses of the choices beside a list that is not narrowed yet."""
    changelist = getattr(answer, "context_data", None) and answer.context_data.get("cl")
    if not changelist or "?" in asked:
        return []
    choices = [choice for spec in changelist.filter_specs for choice in spec.choices(changelist)]
    return [asked + choice["query_string"] for choice in choices if "query_string" in choice]


@pytest.mark.parametrize("state", ["draft", "scheduled", "binned"])
def test_all_pages_are_the_same_with_and_without_the_drafts_of_others(client, state):
    note_taker = UserFactory(staff=True, role="Note-takers")
    client.force_login(note_taker)
    talk, conference, other = TalkFactory(), ConferenceFactory(), UserFactory()
    tag, image = TagFactory(), ImageFactory(uploaded_by=note_taker)
    rows = {row._meta.label_lower: [row] for row in (talk, conference, tag, image)}
    RecapFactory(author=note_taker, draft=True, talk=TalkFactory())
    without = _pages(client, rows)
    about_conference = {"talk": None, "conference": conference, "tags": [tag], "slug": "otter"}
    for subject in ({"talk": talk}, about_conference):
        body = f"otter {image.markdown('an otter')}\n\n- [ ] otter"
        RecapFactory(author=other, title="zxq otter", body=body, **subject, **{state: True})

    assert {a for a, page in _pages(client, rows).items() if page != without[a]} == set()
    assert len([page for page in without.values() if page[0] == 200]) > 20


def test_no_recap_means_none_that_the_person_may_know_of():
    note_taker, curator = UserFactory(role="Note-takers"), UserFactory(role="Curators")
    hidden, public, own, bare = (TalkFactory(title=t) for t in ("hidden", "public", "own", "bare"))
    RecapFactory(talk=hidden, draft=True)
    RecapFactory(talk=public)
    RecapFactory(talk=own, draft=True, author=note_taker)

    assert set(Talk.objects.without_recap_known_to(note_taker)) == {hidden, bare}
    assert set(Talk.objects.without_recap_known_to(curator)) == {bare}


def test_what_may_not_be_deleted_is_not_named_to_who_may_not_see_it(client):
    rights = ["talks.view_talk", "talks.delete_talk", "images.view_image", "images.delete_image"]
    person = UserFactory(staff=True, permissions=rights)
    client.force_login(person)
    image = ImageFactory(uploaded_by=person)
    recap = RecapFactory(draft=True, title="zxq otter", body=image.markdown("an otter"))

    for row in (recap.talk, image):
        page = client.get(address(row._meta.label_lower, "delete", row.pk))
        assert (page.status_code, "zxq" in page.content.decode()) == (200, False)
    assert Recap.objects.get().pk == recap.pk
