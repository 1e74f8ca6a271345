"""What an open editor asks of the server: keeping, previews, unsaved texts, signing in again."""

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import Recap, RecapVersion, WorkingCopy
from recaps.working_copies import MOST_UNSAVED
from recaps.writing import write_recap
from talks.factories import RecordingFactory, TalkFactory
from talks.tests.admin_form import fields_of

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
KEEP = f"{LIST}keep/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def taker(client):
    """A note-taker who is logged in."""
    person = UserFactory(staff=True, role="Note-takers", public_name="Ada")
    client.force_login(person)
    return person


def sent(recap=None, *, step=1, sitting=None, **typed):
    facts = {"recap": recap.pk if recap else "", "sitting": sitting or uuid.uuid4(), "step": step}
    return {**facts, "started_from": recap.version if recap else "", "is_typed": "on", **typed}


def copy_of(author, recap=None, **typed):
    return WorkingCopy.objects.create(
        sitting=uuid.uuid4(), author=author, recap=recap, typed=typed, step=1
    )


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


def test_nobody_writes_into_another_persons_sitting(client, taker):
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


def test_unsaved_texts_are_bounded(client, taker):
    WorkingCopy.objects.bulk_create(
        WorkingCopy(sitting=uuid.uuid4(), author=taker, typed={"body": "x"})
        for _ in range(MOST_UNSAVED)
    )

    response = client.post(KEEP, sent(body="One more."))

    assert response.status_code == 400
    assert response.json()["error"].startswith("You have 200 unsaved texts.")


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

    # Session, person, two of rights, recap; a savepoint around two for the copy; the others.
    with django_assert_num_queries(10):
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


# Versions of a sitting


def test_saves_of_one_sitting_are_one_version_until_text_is_thrown_away(client, taker):
    recap = RecapFactory(author=taker, body="Before.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = fields_of(client.get(address))
    grown = "The first sentence of notes."
    for number, body in enumerate([grown, f"{grown} More.", "Gone."]):
        client.post(address, {**fields, "started_from": number + 1, "body": body, "_continue": "1"})

    versions = RecapVersion.objects.order_by("number").values_list("number", "body")

    assert list(versions) == [(1, "Before."), (3, f"{grown} More."), (4, "Gone.")]


def test_another_sitting_or_another_person_begins_a_version(client, taker):
    recap = RecapFactory(author=taker, body="A text of mine.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    curator = Client()
    curator.force_login(UserFactory(staff=True, role="Curators"))
    fields = {**fields_of(client.get(address)), "_continue": "1"}
    client.post(address, {**fields, "body": "A text of mine. One."})
    forged = {**fields_of(curator.get(address)), "sitting": fields["sitting"], "_continue": "1"}
    curator.post(address, {**forged, "body": "A text of mine. One. Two."})
    again = {**fields_of(client.get(address)), "_continue": "1"}
    client.post(address, {**again, "body": "A text of mine. One. Two. Three."})

    assert [v.number for v in RecapVersion.objects.order_by("number")] == [1, 2, 3, 4]


# Saving from the editor


@pytest.mark.parametrize("between", [[], [(3, "Typed on.")]])
def test_new_recap_whose_saving_was_not_answered_is_sent_again(client, taker, between):
    address = f"{LIST}add/?talk={TalkFactory().pk}"
    fields = {**fields_of(client.get(address)), "body": "Typed.", "step": "2", "_continue": "1"}

    client.post(address, fields)
    for step, body in between:
        client.post(KEEP, sent(sitting=fields["sitting"], step=step, body=body))
    answer = client.post(address, {**fields, "body": "Typed on.", "step": "4"}, headers=JSON)

    recap = Recap.objects.get()
    assert (answer.json()["recap"], recap.body, recap.version) == (recap.pk, "Typed on.", 2)


@pytest.mark.parametrize("between", [[], [(3, "Typed on.")]])
def test_save_that_was_not_answered_is_no_conflict_with_itself(client, taker, between):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = {**fields_of(client.get(address)), "body": "Typed.", "step": "2", "_continue": "1"}

    client.post(address, fields)
    for step, body in between:
        client.post(KEEP, sent(recap, sitting=fields["sitting"], step=step, body=body))
    client.post(address, {**fields, "body": "Typed on.", "step": "4"})

    assert Recap.objects.get().body == "Typed on."


@pytest.mark.parametrize("step", ["2", "4"])
def test_save_that_was_not_answered_overwrites_nobody(client, taker, step):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = {**fields_of(client.get(address)), "body": "Typed.", "step": "2", "_continue": "1"}

    client.post(address, fields)
    if step == "4":
        write_recap(Recap.objects.get(), by=UserFactory(superuser=True))
    response = client.post(address, {**fields, "body": "Typed on.", "step": step})

    assert (response.status_code, Recap.objects.get().body) == (409, "Typed.")


def test_ends_of_lines_count_once(client, taker):
    recap = RecapFactory(author=taker, draft=True)
    body = ("x" * 99 + "\r\n") * 2_000  # as browsers send 200,000 signs
    address = f"{LIST}{recap.pk}/change/"

    answers = [
        client.post(KEEP, sent(recap, body=body)),
        client.post(f"{LIST}preview/", {"body": body}),
        client.post(address, {**fields_of(client.get(address)), "body": body}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert len(Recap.objects.get().body) == 199_999


def test_editor_is_told_in_json_what_was_saved(client, taker):
    talk = TalkFactory(title="Tests that tell you why")
    fields = fields_of(client.get(f"{LIST}add/?talk={talk.pk}"))
    form = {**fields, "body": "Typed.", "_continue": "1"}

    response = client.post(f"{LIST}add/?talk={talk.pk}", form, headers=JSON)

    recap = Recap.objects.get()
    change = f"{LIST}{recap.pk}/change/"
    answer = response.json()
    said = answer.pop("said")
    assert answer == {
        "version": 1,
        "slug": "tests-that-tell-you-why",
        "form": change,
        "recap": recap.pk,
        "next": f"{change}?talk={talk.pk}",
    }
    assert said == []  # the editor itself says that it is saved
    # Nor is it said on the next page.
    assert list(client.get(change).context["messages"]) == []


def test_form_says_its_errors_to_the_editor_as_a_page(client, taker):
    fields = fields_of(client.get(f"{LIST}add/"))

    response = client.post(f"{LIST}add/", {**fields, "_continue": "1"}, headers=JSON)

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")


# Previews


def test_preview_is_rendered_as_the_recap_of_its_talk(client, taker):
    talk = TalkFactory()
    recording = RecordingFactory(talk=talk)
    body = "[1:02] and [[Nobody]]"

    html = client.post(f"{LIST}preview/", {"body": body, "talk": talk.pk}).content.decode()

    assert recording.video_id in html
    assert 'class="unknown-link"' in html
    assert Recap.objects.count() == 0


def test_preview_runs_nothing_that_was_typed(client, taker):
    body = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://else.example/z.png)"

    html = client.post(f"{LIST}preview/", {"body": body}).content.decode()

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


def test_preview_of_a_text_that_is_too_long_is_refused(client, taker):
    assert client.post(f"{LIST}preview/", {"body": "x" * 200_001}).status_code == 400


def test_times_are_those_of_the_talk_and_its_recording(client, taker):
    begun = timezone.now()
    talk = TalkFactory(starts_at=begun, given_on=begun.date())
    RecordingFactory(
        talk=talk, provider="file", url="https://videos.example/a.mp4", offset_seconds=90
    )

    answers = [
        client.get(f"{LIST}times/", {"talk": key}).json() for key in (talk.pk, "abc", "9" * 30)
    ]

    nothing = {"startsAt": "", "recording": ""}
    recording = "https://videos.example/a.mp4#t=90"
    assert answers == [
        {"startsAt": begun.isoformat(), "recording": recording},
        nothing,
        nothing,
    ]


@pytest.mark.parametrize(
    ("method", "page"),
    [("post", "preview"), ("get", "times"), ("post", "keep"), ("get", "unsaved")],
)
def test_who_may_not_write_recaps_is_refused(client, method, page):
    client.force_login(UserFactory(staff=True))

    response = getattr(client, method)(f"{LIST}{page}/", sent(body="x"))

    assert response.status_code == 403


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


# The session


def test_ended_session_is_said_to_scripts_instead_of_a_page(client, taker):
    Session.objects.all().delete()

    response = client.post(KEEP, sent(body="Typed."), headers=JSON)

    assert (response.status_code, response.json()) == (401, {"signed_out": True})
    assert client.get("/admin/session/").json()["person"] is None


def test_signing_in_again_answers_who_it_is_and_a_token(client):
    person = UserFactory(staff=True)
    person.set_password("harbour lights at dusk")
    person.save()
    form = {"username": person.username, "password": "harbour lights at dusk"}

    wrong = client.post("/admin/session/sign-in/", {**form, "password": "wrong"})
    right = client.post("/admin/session/sign-in/", form)

    assert (wrong.status_code, "error" in wrong.json()) == (400, True)
    assert right.json()["person"] == person.pk
    assert client.get("/admin/session/").json()["person"] == person.pk
    assert "no-store" in client.get("/admin/session/").headers["Cache-Control"]


def test_sign_in_needs_the_token_of_a_form():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/admin/session/sign-in/", {"username": "a"}).status_code == 403


def test_form_that_comes_after_the_session_is_carried_through_the_login(client, taker):
    taker.set_password("harbour lights at dusk")
    taker.save()
    fields = {"title": "T", "body": "Line <one>\nLine two", "_save": "Save"}
    login = {"username": taker.username, "next": f"{LIST}add/"}
    client.logout()

    signed_out = client.post(f"{LIST}add/", fields)
    carried = dict(signed_out.context_data["carried"])
    resent = {**login, **{f"carried-{name}": value for name, value in carried.items()}}
    wrong = client.post("/admin/login/", {**resent, "password": "wrong"})
    right = client.post("/admin/login/", {**resent, "password": "harbour lights at dusk"})

    assert (signed_out.status_code, carried) == (403, fields)
    assert dict(wrong.context_data["carried"]) == fields
    assert right.context_data["address"] == f"{LIST}add/"
    assert "Line &lt;one&gt;\nLine two</textarea>" in right.content.decode()


def test_login_carries_nothing_to_another_site(client, taker):
    taker.set_password("harbour lights at dusk")
    taker.save()
    client.logout()
    form = {"username": taker.username, "password": "harbour lights at dusk", "carried-body": "x"}

    response = client.post("/admin/login/", {**form, "next": "https://else.example/"})

    assert response.context_data["address"].startswith("/")


def test_form_with_a_password_is_not_carried(client):
    form = {"username": "new", "password1": "secret-secret", "password2": "secret-secret"}

    response = client.post("/admin/accounts/user/add/", form)

    assert response.status_code == 302


@pytest.mark.parametrize("is_there", [True, False])
def test_save_of_what_is_not_ones_own_any_more_gives_the_text_back(client, taker, is_there):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = {**fields_of(client.get(address)), "body": "Typed <b>."}
    if is_there:
        Recap.objects.update(author=UserFactory(), body="Not theirs to see.")
    else:
        recap.delete()

    response = client.post(address, fields)

    html = response.content.decode()
    assert response.status_code == 404
    assert "Typed &lt;b&gt;.</textarea>" in html
    assert "Not theirs to see" not in html
