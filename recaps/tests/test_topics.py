"""A topic's recaps are those of its talks and of its own, however either is written."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection

from conferences.factories import ConferenceFactory
from recaps.derived import wrong_topics
from recaps.factories import RecapFactory
from recaps.models import Recap, RecapTopic, TaggedRecap
from recaps.states import delete_for_good
from talks.factories import TagFactory, TalkFactory
from talks.models import TaggedTalk, Talk
from talks.tagging.verbs import add_tags, remove_tags

committing = pytest.mark.django_db(transaction=True)
MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
TAG = "INSERT INTO talks_taggedtalk (tag_id, content_object_id) VALUES (%s, %s)"
UNTAG = "DELETE FROM talks_taggedtalk WHERE tag_id = %s AND content_object_id = %s"
HOLD = "SELECT FROM talks_talk WHERE id = %s FOR UPDATE"
PUBLISH = "UPDATE recaps_recap SET status = 'published', published_at = now() WHERE id = %s"


def ask(sql, parameters=(), using=connection):
    with using.cursor() as cursor:
        cursor.execute(sql, parameters)


WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def at_once(early, *late):
    """Begin `early`, start the others while it is open, and commit once they all wait for it."""
    with closing(connection.copy()) as slow, ThreadPoolExecutor() as pool:
        ask("BEGIN", using=slow)
        ask(*early, using=slow)
        others = [pool.submit(ask_alone, *statement) for statement in late]
        while how_many_wait() < len(others):
            assert not any(other.done() for other in others)
            time.sleep(0.01)
        ask("COMMIT", using=slow)
        for other in others:
            other.result()


def ask_alone(sql, parameters):
    with closing(connection.copy()) as own:
        ask(sql, parameters, own)


def how_many_wait():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


def of_topic(tag):
    return list(Recap.objects.published().of_topic([tag]).newest_first())


@pytest.mark.django_db
def test_a_topic_has_the_published_recaps_of_its_talks_and_its_own():
    tag = TagFactory()
    talk = TalkFactory(tags=[tag])
    shown = RecapFactory(talk=talk)
    for hidden in ("draft", "binned", "scheduled"):
        RecapFactory(talk=talk, **{hidden: True})
    own = RecapFactory(talk=None, conference=ConferenceFactory(), tags=[tag])
    RecapFactory(talk=TalkFactory(tags=[TagFactory()]))

    assert of_topic(tag) == [own, shown]
    assert wrong_topics() == []


@pytest.mark.django_db
def test_every_write_is_in_it_at_once():
    tag, other = TagFactory(), TagFactory()
    recap, unseen = RecapFactory(), RecapFactory(draft=True)
    talks = Talk.objects.filter(pk__in=[recap.talk_id, unseen.talk_id])

    add_tags(talks, [tag], by=None)
    assert of_topic(tag) == [recap]
    TaggedTalk.objects.filter(tag=tag).update(tag=other)  # as a merge of tags does
    assert (of_topic(tag), of_topic(other)) == ([], [recap])
    Recap.objects.filter(pk=recap.pk).update(talk=TalkFactory(tags=[tag]))
    assert (of_topic(tag), of_topic(other)) == ([recap], [])
    Recap.objects.filter(pk=unseen.pk).update(status="published", published_at=recap.published_at)
    assert of_topic(other) == [unseen]
    remove_tags(talks, [other], by=None)
    assert of_topic(other) == []
    delete_for_good(Recap.objects.filter(pk=recap.pk))
    assert of_topic(tag) == []
    assert wrong_topics() == []


@pytest.mark.django_db
def test_a_tag_of_a_conference_recap_comes_and_goes():
    tag, other = TagFactory(), TagFactory()
    recap = RecapFactory(talk=None, conference=ConferenceFactory(), tags=[tag])

    TaggedRecap.objects.filter(tag=tag).update(tag=other)
    assert (of_topic(tag), of_topic(other)) == ([], [recap])
    TaggedRecap.objects.all().delete()
    assert of_topic(other) == []
    assert wrong_topics() == []


@pytest.mark.django_db
def test_a_scheduled_recap_is_in_it_from_its_moment():
    tag = TagFactory()
    RecapFactory(scheduled=True, talk=TalkFactory(tags=[tag]))
    assert of_topic(tag) == []
    assert list(RecapTopic.objects.published()) == []

    Recap.objects.update(published_at=MOMENT)

    assert of_topic(tag) == list(Recap.objects.all())


@committing
@pytest.mark.parametrize("first", ["tag", "publication"])
def test_a_tag_and_a_publication_at_once_find_each_other(first):
    """Whichever comes second waits for the other, and sees what it wrote."""
    tag, recap = TagFactory(), RecapFactory(draft=True)
    tagging, publishing = (TAG, [tag.pk, recap.talk_id]), (PUBLISH, [recap.pk])
    early, late = (tagging, publishing) if first == "tag" else (publishing, tagging)

    at_once(early, late)

    assert of_topic(tag) == [recap]
    assert wrong_topics() == []


@committing
def test_an_untagging_and_a_publication_at_once_find_each_other():
    tag = TagFactory()
    recap = RecapFactory(draft=True, talk=TalkFactory(tags=[tag]))
    at_once((PUBLISH, [recap.pk]), (UNTAG, [tag.pk, recap.talk_id]))

    assert of_topic(tag) == []
    assert wrong_topics() == []


@committing
def test_two_new_recaps_of_one_talk_at_once_are_both_in_it():
    talk = TalkFactory(tags=[TagFactory()])
    RecapFactory(talk=talk)
    others = {"id", "uid", "slug"}
    columns = ", ".join(
        field.column for field in Recap._meta.concrete_fields if field.column not in others
    )
    copy = (
        f"INSERT INTO recaps_recap (uid, slug, {columns}) "
        f"SELECT gen_random_uuid(), %s, {columns} FROM recaps_recap LIMIT 1"
    )
    at_once((HOLD, [talk.pk]), (copy, ["second"]), (copy, ["third"]))

    assert Recap.objects.count() == 3
    assert wrong_topics() == []


@pytest.mark.django_db
def test_wrong_topics_are_found_and_mended(capsys):
    missing, extra, moved = (RecapFactory(talk=TalkFactory(tags=[TagFactory()])) for _ in "123")
    lost = RecapTopic.objects.create(recap_id=10**9, tag=TagFactory(), published_at=MOMENT)
    RecapTopic.objects.filter(recap=missing).delete()
    RecapTopic.objects.create(recap=extra, tag=TagFactory(), published_at=extra.published_at)
    RecapTopic.objects.filter(recap=moved).update(
        published_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    )

    with pytest.raises(SystemExit) as found:
        call_command("check_kept")
    told = capsys.readouterr().out.splitlines()
    call_command("check_kept", mend=True)
    mended = capsys.readouterr().out.splitlines()

    ids = [recap.pk for recap in (missing, extra, moved)] + [lost.recap_id]
    wrong = f"Wrong: topics of recaps: {', '.join(map(str, ids))}"
    assert found.value.code == 1
    assert told == [wrong, "`manage.py check_kept --mend` puts that right."]
    assert mended == [wrong, "Put right: topics of recaps"]
    assert wrong_topics() == []
