"""What is kept of a recap's text: HTML with timestamps and follow-ups, and how it is rebuilt."""

import datetime as dt
import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from foundation.text.markdown import RENDERER_VERSION
from recaps import rendering
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.writing import write_recap
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TalkFactory
from talks.models import Recording
from tests.tools.admin_form import save
from tests.tools.pages import elements, targets, texts

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2017, 5, 1, tzinfo=dt.UTC)


@pytest.fixture
def recap():
    """A recap with a timestamp of a talk whose video begins before it."""
    recording = RecordingFactory(video_id="abc123", offset_seconds=30)
    recap = RecapFactory(talk=recording.talk, body="At [0:10].")
    Recap.objects.update(updated_at=LONG_AGO)
    return recap


def moments(recap):
    return targets(Recap.objects.get(pk=recap.pk).html, class_="timestamp")


def test_timestamps_lead_into_the_talks_recording(recap):
    assert moments(recap) == ["https://www.youtube.com/watch?v=abc123&t=40"]


def test_timestamps_lead_into_the_first_of_several_recordings(recap):
    RecordingFactory(talk=recap.talk, position=1)

    assert moments(write_recap(recap)) == ["https://www.youtube.com/watch?v=abc123&t=40"]


@pytest.mark.parametrize("subject", ["talk", "conference"])
def test_without_a_recording_timestamps_are_text(subject):
    fields = {"conference": ConferenceFactory(), "talk": None} if subject == "conference" else {}

    assert RecapFactory(body="[0:10]", **fields).html == "<p>[0:10]</p>\n"


def test_ids_on_one_page_are_there_once(client, recap):
    for _ in range(2):
        RecapFactory(talk=recap.talk, body="# A\n\n[0:10] x[^1]\n\n[^1]: y")

    response = client.get(recap.talk.get_absolute_url())

    ids = [element["id"] for element in elements(response) if "id" in element]
    assert len(ids) == len(set(ids))


def test_a_long_recap_has_a_table_of_contents(client):
    body = "# One\n\n## Two\n\n# Three\n\n" + "Many words of it. " * 250
    recap = RecapFactory(body=body, title="Long", uid="1f2e3d4c-0000-4000-8000-000000000000")

    for address in (recap.get_absolute_url(), recap.talk.get_absolute_url()):
        response = client.get(address)
        assert len(elements(response, "nav", **{"aria-label": "Contents of Long"})) == 1
        assert targets(response, inside="contents") == [
            "#note-h-1f2e3d4c-one",
            "#note-h-1f2e3d4c-two",
            "#note-h-1f2e3d4c-three",
        ]


# Recordings change


def change_recordings(client, talk, **changes):
    address = reverse("admin:talks_talk_change", args=[talk.pk])
    assert save(client, address, **changes).status_code == 302


@pytest.mark.parametrize(
    ("changes", "addresses"),
    [
        pytest.param(
            {"recordings-0-offset_seconds": "90"},
            ["https://www.youtube.com/watch?v=abc123&t=100"],
            id="offset",
        ),
        pytest.param({"recordings-0-DELETE": "on"}, [], id="removed"),
    ],
)
def test_a_change_of_recordings_reaches_the_recaps(admin_client, recap, changes, addresses):
    change_recordings(admin_client, recap.talk, **changes)

    assert moments(recap) == addresses
    assert Recap.objects.get(pk=recap.pk).updated_at == LONG_AGO


def test_another_change_of_a_talk_renders_nothing(admin_client, recap):
    Recap.objects.update(body_html="<p>kept</p>")

    change_recordings(admin_client, recap.talk, room="Hall 2")

    assert Recap.objects.get().html == "<p>kept</p>"


def test_a_recording_that_moves_to_another_talk_reaches_the_recaps_of_both(admin_client, recap):
    other = RecapFactory(talk=TalkFactory(), body="At [0:20].")
    address = reverse("admin:talks_recording_change", args=[Recording.objects.get().pk])

    assert save(admin_client, address, talk=other.talk_id).status_code == 302

    assert moments(recap) == []
    assert moments(other) == ["https://www.youtube.com/watch?v=abc123&t=50"]


@pytest.mark.parametrize("way", ["page", "action"])
def test_deleting_a_recording_reaches_the_recaps(admin_client, recap, way):
    recording = Recording.objects.get()
    if way == "page":
        address = reverse("admin:talks_recording_delete", args=[recording.pk])
        data = {"post": "yes"}
    else:
        address = reverse("admin:talks_recording_changelist")
        data = {"action": "delete_selected", "_selected_action": [recording.pk], "post": "yes"}

    assert admin_client.post(address, data).status_code == 302

    assert moments(recap) == []


# Rebuilding


def rebuild(*args):
    out, err = StringIO(), StringIO()
    call_command("rebuild_recaps", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def make_old(*recaps):
    keys = [recap.pk for recap in recaps]
    stale = {"body_html": "<p>old</p>", "renderer_version": RENDERER_VERSION - 1}
    Recap.objects.filter(pk__in=keys).update(**stale)


def test_rebuilding_renders_what_an_older_renderer_made(recap):
    current = RecapFactory(body="Now.")
    make_old(recap)
    Recap.objects.filter(pk=current.pk).update(body_html="<p>current</p>")

    told = rebuild()

    stored = Recap.objects.get(pk=recap.pk)
    assert told == ("1 recap was rebuilt.\n", "1 of 1\n")
    assert (stored.html, stored.renderer_version) == (recap.html, RENDERER_VERSION)
    assert (stored.body, stored.updated_at) == ("At [0:10].", LONG_AGO)
    assert Recap.objects.get(pk=current.pk).html == "<p>current</p>"


def test_rebuilding_all_finds_what_has_come_since(recap):
    text = RecapFactory(body="[[Ada]]\n\n- [ ] read")
    SpeakerFactory(name="Ada", slug="ada")

    assert rebuild() == ("0 recaps were rebuilt.\n", "")
    assert rebuild("--all") == ("2 recaps were rebuilt.\n", "2 of 2\n")

    assert targets(Recap.objects.get(pk=text.pk).html) == ["/speakers/ada/"]
    assert text.mentions.count() == 1


def test_an_interrupted_rebuild_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr("recaps.rendering.BATCH_SIZE", 2)
    make_old(*[RecapFactory() for _ in range(5)])
    stop = KeyboardInterrupt()

    def interrupted(text, *args, **kwargs):
        raise stop

    with pytest.raises(KeyboardInterrupt):
        call_command("rebuild_recaps", stderr=type("Broken", (), {"write": interrupted})())

    assert rebuild() == ("3 recaps were rebuilt.\n", "2 of 3\n3 of 3\n")


@pytest.mark.django_db(transaction=True)
def test_several_processes_rebuild_each_recap_once(monkeypatch):
    monkeypatch.setattr("recaps.rendering.FEWEST_FOR_PROCESSES", 2)
    monkeypatch.setattr("recaps.rendering.BATCH_SIZE", 2)
    recaps = [RecapFactory() for _ in range(7)]
    make_old(*recaps)

    told, progress = rebuild("--processes", "3")

    assert told == "7 recaps were rebuilt.\n"
    assert progress.splitlines()[-1] == "7 of 7"
    assert {recap.html for recap in Recap.objects.all()} == {recap.html for recap in recaps}


@pytest.mark.django_db(transaction=True)
def test_a_process_that_fails_says_so_and_costs_its_own_batches_alone(monkeypatch):
    monkeypatch.setattr("recaps.rendering.FEWEST_FOR_PROCESSES", 2)
    monkeypatch.setattr("recaps.rendering.BATCH_SIZE", 1)
    recaps = [RecapFactory() for _ in range(4)]
    make_old(*recaps)
    render = rendering.render_batch
    broken = recaps[0].pk
    monkeypatch.setattr(
        rendering, "render_batch", lambda keys: os._exit(9) if broken in keys else render(keys)
    )

    with pytest.raises(RuntimeError, match="status 9"):
        rebuild("--processes", "2")

    assert Recap.objects.rendered_before(RENDERER_VERSION).filter(pk=broken).exists()


# Follow-ups


def follow_ups(client, **query):
    response = client.get(reverse("admin:recaps_followup_changelist"), query)
    return texts(response, "td", class_="field-recap_link"), texts(response, class_="field-text")


def test_follow_ups_follow_the_text():
    recap = RecapFactory(body="- [ ] try *it*\n- [x] ask\n- [ ]\n- no task")
    assert list(recap.follow_ups.values_list("text", "is_done")) == [
        ("try it", False),
        ("ask", True),
    ]

    recap.body = "- [x] try *it*\n- [ ] " + "long " * 200
    write_recap(recap)

    stored = list(recap.follow_ups.values_list("position", "text", "is_done"))
    assert stored == [(0, "try it", True), (1, ("long " * 100).strip(), False)]


def test_authors_find_their_follow_ups_in_the_admin(admin_client, admin_user):
    RecapFactory(author=admin_user, title="Mine", body="- [x] done\n- [ ] open\n- [ ] also open")
    talk = TalkFactory(title="Untitled notes")
    RecapFactory(author=admin_user, title="", talk=talk, body="- [ ] of a draft", draft=True)
    RecapFactory(author=admin_user, body="- [ ] thrown away", binned=True)
    RecapFactory(author=UserFactory(), body="- [ ] somebody else's")

    assert follow_ups(admin_client) == (
        ["Untitled notes", "Mine", "Mine", "Mine"],
        ["of a draft", "open", "also open", "done"],
    )
    assert follow_ups(admin_client, is_done__exact="1") == (["Mine"], ["done"])
    assert follow_ups(admin_client, q="also") == (["Mine"], ["also open"])


def test_somebody_elses_follow_up_has_no_page(admin_client):
    follow_up = RecapFactory(body="- [ ] secret").follow_ups.get()

    response = admin_client.get(reverse("admin:recaps_followup_change", args=[follow_up.pk]))

    assert response.status_code == 302
    assert "secret" not in admin_client.get(response.url).content.decode()


def test_a_recap_with_follow_ups_can_be_deleted_but_not_they_alone(admin_client, admin_user):
    recap = RecapFactory(author=admin_user, body="- [ ] try it")
    alone = reverse("admin:recaps_followup_delete", args=[recap.follow_ups.get().pk])
    together = reverse("admin:recaps_recap_delete", args=[recap.pk])

    assert admin_client.post(alone, {"post": "yes"}).status_code == 403
    assert admin_client.post(together, {"post": "yes"}).status_code == 302
    assert list(Recap.objects.kept()) == []


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_costs_no_batch(monkeypatch):
    recap = RecapFactory()
    left = [OperationalError("server closed the connection unexpectedly")]

    def losing(keys):
        if left:
            raise left.pop()
        return len(keys)

    monkeypatch.setattr("recaps.rendering.render_batch", losing)

    assert rendering._rendered([recap.pk]) == 1
