"""What an open editor saves and asks: versions of an editing session, lost answers, previews."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.factories import UserFactory
from recaps.factories import RecapFactory
from recaps.models import Recap, RecapVersion
from recaps.states import delete_for_good
from recaps.tests.sendings import sent
from recaps.writing import write_recap
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TalkFactory
from tests.tools.admin_form import fields_of

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
KEEP = f"{LIST}keep/"
JSON = {"Accept": "application/json"}


# Versions of an editing session


def test_saves_of_one_editing_session_are_one_version_until_text_is_thrown_away(client, taker):
    recap = RecapFactory(author=taker, body="Before.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = fields_of(client.get(address))
    grown = "The first sentence of notes."
    for number, body in enumerate([grown, f"{grown} More.", "Gone."]):
        client.post(address, {**fields, "started_from": number + 1, "body": body, "_continue": "1"})

    versions = RecapVersion.objects.order_by("number").values_list("number", "body")

    assert list(versions) == [(1, "Before."), (3, f"{grown} More."), (4, "Gone.")]


def test_another_editing_session_or_another_person_begins_a_version(client, taker):
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


def test_preview_names_what_readers_will_not_see(client, taker):
    body = "a\n\n[x]: /y\n\n[//]: # (for me)"

    html = client.post(f"{LIST}preview/", {"body": body}).content.decode()

    remarks, _end, shown = html.partition("</aside>")
    assert "[x]: /y" in remarks
    assert "for me" in remarks
    assert "for me" not in shown


def test_preview_of_a_text_that_is_seen_whole_names_nothing(client, taker):
    html = client.post(f"{LIST}preview/", {"body": "[12:34]: Demo"}).content.decode()

    assert "<aside" not in html


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_save_names_what_readers_will_not_see(client, taker, headers):
    recap = RecapFactory(author=taker, draft=True)
    address = f"{LIST}{recap.pk}/change/"
    body = "a\n\n[//]: # (for me)"
    fields = {**fields_of(client.get(address)), "body": body, "_continue": "1"}

    answer = client.post(address, fields, headers=headers)

    said = answer.json()["said"] if headers else list(client.get(address).context["messages"])
    assert any("for me" in str(text) for text in said)


def test_preview_runs_nothing_that_was_typed(client, taker):
    body = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://else.example/z.png)"

    html = client.post(f"{LIST}preview/", {"body": body}).content.decode()

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


def test_preview_of_a_text_that_is_too_long_is_refused(client, taker):
    assert client.post(f"{LIST}preview/", {"body": "x" * 200_001}).status_code == 400


def test_editor_hears_of_a_talk_its_times_and_what_was_announced(client, taker):
    begun = timezone.now()
    ada = SpeakerFactory(name="Ada <b>")
    talk = TalkFactory(
        starts_at=begun, given_on=begun.date(), speakers=[ada], abstract="Of ropes <script>."
    )
    RecordingFactory(
        talk=talk, provider="file", url="https://videos.example/a.mp4", offset_seconds=90
    )

    answers = [
        client.get(f"{LIST}talk/", {"talk": key}).json() for key in (talk.pk, "abc", "9" * 30)
    ]

    announced = answers[0].pop("announced")
    assert ["Ada &lt;b&gt;" in announced, "Of ropes &lt;script&gt;." in announced] == [True, True]
    assert [answer.pop("announced").count("hidden") for answer in answers[1:]] == [1, 1]
    nothing = {"startsAt": "", "recording": ""}
    recording = "https://videos.example/a.mp4#t=90"
    assert answers == [
        {"startsAt": begun.isoformat(), "recording": recording},
        nothing,
        nothing,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_announced_costs_as_many_queries_with_more_speakers(
    client, taker, count, django_assert_num_queries
):
    talk = TalkFactory(speakers=SpeakerFactory.create_batch(count))
    client.get(f"{LIST}talk/", {"talk": talk.pk})

    with django_assert_num_queries(7):
        client.get(f"{LIST}talk/", {"talk": talk.pk})


@pytest.mark.parametrize(
    ("method", "page"),
    [("post", "preview"), ("get", "talk"), ("post", "keep"), ("get", "unsaved")],
)
def test_who_may_not_write_recaps_is_refused(client, method, page):
    client.force_login(UserFactory(staff=True))

    response = getattr(client, method)(f"{LIST}{page}/", sent(body="x"))

    assert response.status_code == 403


@pytest.mark.parametrize("is_there", [True, False])
def test_save_of_what_is_not_ones_own_any_more_gives_the_text_back(client, taker, is_there):
    recap = RecapFactory(author=taker, body="Saved.", draft=True)
    address = f"{LIST}{recap.pk}/change/"
    fields = {**fields_of(client.get(address)), "body": "Typed <b>."}
    if is_there:
        Recap.objects.update(author=UserFactory(), body="Not theirs to see.")
    else:
        delete_for_good(Recap.objects.filter(pk=recap.pk))

    response = client.post(address, fields)

    html = response.content.decode()
    assert response.status_code == 404
    assert "Typed &lt;b&gt;.</textarea>" in html
    assert "Not theirs to see" not in html
