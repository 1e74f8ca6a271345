"""What is typed is kept on the server apart from what is saved, and offered again."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.drafts import AUTOSAVED_FIELDS, MOST_UNSAVED
from recaps.factories import RecapFactory
from recaps.forms import LONGEST_CHOICE
from recaps.models import Recap, WorkingCopy
from recaps.tests.sendings import copy_of, sent
from talks.factories import TalkFactory
from tests.tools.admin_form import fields_of

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
KEEP = f"{LIST}keep/"
JSON = {"Accept": "application/json"}


# Keeping


def test_what_was_typed_is_kept_apart_from_the_recap(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    form = sent(recap, body="Typed.\n", verdict="partly", status="published", odd="x")

    response = client.post(KEEP, form)

    assert response.json() == {"is_kept": True, "version": 1, "others": []}
    copy = WorkingCopy.objects.get()
    assert (copy.recap, copy.author, copy.started_from) == (recap, taker, 1)
    assert copy.typed == {"body": "Typed.\n", "verdict": "partly"}
    assert Recap.objects.get().body == "Saved."


def test_what_arrives_late_replaces_nothing(client, taker):
    sitting = uuid.uuid4()
    answers = [
        client.post(KEEP, sent(sitting=sitting, step=step, body=body)).json()["is_kept"]
        for step, body in [(2, "two"), (1, "one"), (2, "again two"), (2, "two")]
    ]

    # The last one is the first sent again: its answer was lost.
    assert answers == [True, False, False, True]
    assert [(c.step, c.typed) for c in WorkingCopy.objects.all()] == [(2, {"body": "two"})]


def test_save_lets_go_of_what_was_typed_and_of_what_was_on_its_way(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = {**fields_of(client.get(address)), "body": "Typed.", "step": "3", "_continue": "1"}

    client.post(address, fields)
    client.post(KEEP, sent(recap, sitting=fields["sitting"], step=2, body="Typ"))

    assert [(c.step, c.typed) for c in WorkingCopy.objects.all()] == [(3, {})]
    assert Recap.objects.get().body == "Typed."


def test_presence_keeps_no_text(client, taker):
    recap = RecapFactory(author=taker, draft=True)
    curator = UserFactory(staff=True, role="Curators", public_name="Eve")
    other = Client()
    other.force_login(curator)
    silent = {**sent(recap, step=0), "is_typed": ""}
    other.post(KEEP, silent)

    response = client.post(KEEP, {**silent, "sitting": uuid.uuid4()})

    assert response.json() == {"is_kept": True, "version": 1, "others": ["Eve"]}
    assert [copy.typed for copy in WorkingCopy.objects.all()] == [{}, {}]


def test_nobody_writes_into_another_persons_editing_session(client, taker):
    copy = copy_of(UserFactory(), body="Theirs.")

    response = client.post(KEEP, sent(sitting=copy.sitting, step=9, body="Mine."))

    assert response.status_code == 403
    assert WorkingCopy.objects.get().typed == {"body": "Theirs."}


@pytest.mark.parametrize(
    ("traits", "status"),
    [
        pytest.param({"draft": True}, 404, id="somebody-elses-draft"),
        pytest.param({}, 404, id="somebody-elses-published"),
        pytest.param({"own": True}, 403, id="own-published"),
        pytest.param({"own": True, "draft": True, "binned": True}, 403, id="own-in-bin"),
    ],
)
def test_texts_of_recaps_that_may_not_be_written_are_not_kept(client, taker, traits, status):
    own = {"author": taker} if traits.pop("own", False) else {}
    recap = RecapFactory(**own, **traits)

    response = client.post(KEEP, sent(recap, body="Typed."))

    assert (response.status_code, WorkingCopy.objects.count()) == (status, 0)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"sitting": "x"}, id="sitting"),
        pytest.param({"step": "-1"}, id="step"),
        pytest.param({"step": "9" * 30}, id="huge-step"),
        pytest.param({"recap": "9" * 30}, id="huge-recap"),
        pytest.param({"body": "x" * 200_001}, id="too-long"),
    ],
)
def test_odd_sendings_are_refused_in_words(client, taker, odd):
    response = client.post(KEEP, {**sent(body="Typed."), **odd})

    assert response.status_code == 400
    assert len(response.json()["error"]) > 10
    assert WorkingCopy.objects.count() == 0


@pytest.fixture
def many(taker):
    """As many unsaved texts as a person may have."""
    WorkingCopy.objects.bulk_create(
        WorkingCopy(sitting=uuid.uuid4(), author=taker, typed={"body": "x"})
        for _ in range(MOST_UNSAVED)
    )
    return WorkingCopy.objects.order_by("pk")


@pytest.mark.parametrize("is_open", [False, True])
def test_unsaved_texts_are_bounded(client, taker, many, is_open):
    sitting = uuid.uuid4()
    if is_open:  # the session is there already, without a text
        silent = {**sent(sitting=sitting, step=0), "is_typed": ""}
        assert client.post(KEEP, silent).status_code == 200

    response = client.post(KEEP, sent(sitting=sitting, body="One more."))

    assert response.status_code == 400
    assert response.json()["error"].startswith("You have 200 unsaved texts.")
    assert WorkingCopy.objects.exclude(typed={}).count() == MOST_UNSAVED


def test_the_last_text_of_many_is_still_kept(client, taker, many):
    form = sent(sitting=many[3].sitting, step=9, body="Longer.")

    assert client.post(KEEP, form).json()["is_kept"]


def test_emptied_copies_are_not_filled_again_past_the_limit(client, taker, many):
    emptied = many[3]
    WorkingCopy.objects.filter(pk=emptied.pk).update(typed={})
    first = client.post(KEEP, sent(body="Another."))
    again = client.post(KEEP, sent(sitting=emptied.sitting, step=9, body="Again."))

    assert (first.status_code, again.status_code) == (200, 400)


def _most_in_form(client, name):
    """What the form says of a field; of a choice, what its column holds."""
    field = client.get(f"{LIST}add/").context_data["adminform"].form.fields[name]
    columns = {column.name: column for column in Recap._meta.get_fields()}
    most = getattr(field, "max_length", None)
    return most or getattr(columns.get(name), "max_length", None)


@pytest.mark.parametrize("name", AUTOSAVED_FIELDS)
def test_every_kept_field_has_the_length_that_the_form_has(client, taker, name):
    most = _most_in_form(client, name) or LONGEST_CHOICE
    too_long, longest = ("x" * length for length in (most + 1, most))

    refused = client.post(KEEP, sent(**{name: too_long}))
    kept = client.post(KEEP, sent(**{name: longest}))

    assert (refused.status_code, kept.status_code) == (400, 200)
    assert [copy.typed for copy in WorkingCopy.objects.all()] == [{name: longest}]


@pytest.mark.parametrize("others", [1, 3])
def test_keeping_costs_the_same_however_many_others_write(
    client, taker, django_assert_num_queries, others
):
    recap = RecapFactory(author=taker, draft=True)
    names = [f"Person {number}" for number in range(others)]
    for name in names:
        copy_of(UserFactory(public_name=name), recap)
    form = sent(recap, body="Typed.")
    client.post(KEEP, form)

    # Session, person, two of rights, recap; a savepoint around two for the copy; the others. In a
    # transaction, which the test brings along, the recap is locked too.
    with django_assert_num_queries(11):
        response = client.post(KEEP, {**form, "step": 2, "body": "Typed more."})

    assert response.json()["others"] == names


def test_closed_editors_are_forgotten_and_unsaved_texts_are_not(taker, capsys):
    long_ago = timezone.now() - dt.timedelta(days=400)
    kept = [copy_of(taker, body="Typed."), copy_of(taker)]
    copy_of(taker)
    WorkingCopy.objects.exclude(pk=kept[1].pk).update(seen_at=long_ago, typed_at=long_ago)

    call_command("empty_bin")

    assert list(WorkingCopy.objects.order_by("pk")) == kept
    assert capsys.readouterr().out.endswith(" Forgot 1 closed editors.\n")


# Unsaved texts


def test_own_unsaved_texts_are_offered_and_nobody_elses(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    copy_of(taker, recap, body="Saved. And typed.")
    copy_of(taker, recap, body="Saved.")  # nothing differs
    copy_of(taker, None, body="Of another recap.")
    copy_of(UserFactory(), recap, body="Of a stranger.")

    response = client.get(f"{LIST}{recap.pk}/change/")

    unsaved = response.context_data["unsaved"]
    assert [[text.typed for text in item.texts] for item in unsaved] == [["Saved. And typed."]]
    assert "stranger" not in response.content.decode()


def test_unsaved_text_is_not_hidden_by_copies_that_hold_nothing_new(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    copy_of(taker, recap, body="Typed.")
    for _ in range(6):
        copy_of(taker, recap, body="Saved.")

    unsaved = client.get(f"{LIST}{recap.pk}/change/").context_data["unsaved"]

    assert [one.copy.typed["body"] for one in unsaved] == ["Typed."]


def test_text_that_was_typed_before_the_last_save_says_so(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    copy = copy_of(taker, recap, body="Typed.")
    WorkingCopy.objects.filter(pk=copy.pk).update(typed_at=recap.updated_at)

    html = client.get(f"{LIST}{recap.pk}/change/").content.decode()

    assert "The saved text is newer." in html


def test_taken_text_opens_in_the_form_and_meets_a_newer_save_as_a_conflict(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    copy = copy_of(taker, recap, body="Typed.", tags="", verdict="partly", odd="x")
    WorkingCopy.objects.update(started_from=0)

    response = client.post(f"{LIST}unsaved/{copy.sitting}/take/", follow=True)

    fields = fields_of(response)
    copy.refresh_from_db()
    assert (fields["body"], fields["verdict"], fields["started_from"]) == ("Typed.", "partly", 0)
    assert str(fields["sitting"]) == str(copy.sitting)
    assert response.context_data["unsaved"] == []
    assert client.post(f"{LIST}{recap.pk}/change/", fields).status_code == 409


def test_unsaved_text_of_a_recap_published_meanwhile_stands_above_it(client, taker):
    recap = RecapFactory(author=taker, body="Saved.")
    copy = copy_of(taker, recap, body="Typed.")

    response = client.post(f"{LIST}unsaved/{copy.sitting}/take/", follow=True)

    assert [unsaved.texts[0].typed for unsaved in response.context_data["unsaved"]] == ["Typed."]
    html = response.content.decode()
    assert ("Throw it away" in html, "Go on with the unsaved text" in html) == (True, False)


def test_text_of_a_recap_never_saved_opens_in_the_add_form(client, taker):
    conference = ConferenceFactory(title="Harbour Conf")
    copy_of(taker, None, title="Day one", conference=str(conference.pk), talk="9" * 30)
    copy = copy_of(taker, None, body="Typed.", talk="x")

    html = client.get(f"{LIST}add/").content.decode()
    response = client.post(f"{LIST}unsaved/{copy.sitting}/take/", follow=True)

    assert "About “Harbour Conf”." in html
    assert response.redirect_chain[0][0].startswith(f"{LIST}add/?copy=")
    assert fields_of(response)["body"] == "Typed."


def test_thrown_away_text_is_gone(client, taker):
    copy = copy_of(taker, None, body="Typed.")

    response = client.post(f"{LIST}unsaved/{copy.sitting}/throw-away/")

    assert (response.headers["Location"], WorkingCopy.objects.count()) == (f"{LIST}add/", 0)


@pytest.mark.parametrize("page", ["take", "throw-away"])
def test_other_peoples_unsaved_texts_are_not_there(client, taker, page):
    copy = copy_of(UserFactory(), None, body="Theirs.")

    response = client.post(f"{LIST}unsaved/{copy.sitting}/{page}/")

    assert response.status_code == 404
    assert [(c.sitting, c.typed) for c in WorkingCopy.objects.all()] == [
        (copy.sitting, {"body": "Theirs."})
    ]
    assert client.get(f"{LIST}add/?copy={copy.sitting}").context_data["unsaved"] == []


def test_unsaved_texts_are_shown_anew_beside_the_saved_one(client, taker):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    copy_of(taker, recap, body="Typed elsewhere.")
    query = {"recap": recap.pk, "sitting": uuid.uuid4()}

    html = client.get(f"{LIST}unsaved/", query).content.decode()

    assert "<ins>Typed elsewhere</ins>" in html
    assert client.get(f"{LIST}unsaved/", {"sitting": "x"}).status_code == 404
    assert client.get(f"{LIST}unsaved/", {**query, "recap": "99999"}).status_code == 404


@pytest.mark.parametrize("kind", ["talk", "conference"])
def test_the_form_of_one_subject_offers_no_text_about_another(client, taker, kind):
    this, other = TalkFactory(), TalkFactory()
    subjects = {
        "talk": (this.pk, {"talk": str(this.pk)}),
        "conference": (this.conference_id, {"conference": str(this.conference_id)}),
    }
    key, mine = subjects[kind]
    kept = [
        {"talk": str(this.pk), "body": "Of the talk."},
        {"talk": str(other.pk), "body": "Of another talk."},
        {"conference": str(this.conference_id), "body": "Of the conference."},
        {"conference": str(other.conference_id), "body": "Of another conference."},
    ]
    for typed in kept:
        WorkingCopy.objects.create(sitting=uuid.uuid4(), author=taker, typed=typed)

    page = client.get(f"/admin/recaps/recap/add/?{kind}={key}")
    anew = client.get(
        "/admin/recaps/recap/unsaved/", {"recap": "", "sitting": uuid.uuid4(), **mine}
    )
    nothing_chosen = client.get("/admin/recaps/recap/add/")

    expected = [f"Of the {kind}."]
    for answer in (page, anew):
        offered = answer.context["unsaved"]
        assert [item.copy.typed["body"] for item in offered] == expected
    assert len(nothing_chosen.context["unsaved"]) == len(kept)
