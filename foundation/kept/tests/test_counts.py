"""Kept counts are the numbers of rows, however rows are written and by however many at once."""

from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from conferences.factories import ConferenceFactory
from foundation.kept.derived import wrong_counts
from foundation.kept.enums import Counted
from foundation.kept.models import KeptCount
from recaps.factories import RecapFactory
from recaps.models import Recap
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag, TaggedTalk, Talk
from talks.tagging.verbs import add_tags, remove_tags

committing = pytest.mark.django_db(transaction=True)
PLANTED = "INSERT INTO counts_keptcount (kind, of, number, is_sum) VALUES ('talks', 0, 7, true)"


def ask(sql, parameters=(), using=connection):
    with using.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def totals():
    return dict(KeptCount.objects.totals(*Counted))


def counts_of_tags():
    return {tag.name: tag.talk_count for tag in Tag.objects.with_talk_counts()}


@pytest.mark.django_db
def test_an_empty_library_has_no_counts():
    assert totals() == {}
    assert list(wrong_counts()) == []


@pytest.mark.django_db
def test_whatever_is_written_counts_at_once():
    conference = ConferenceFactory()
    talks = TalkFactory.create_batch(3, conference=conference)
    SpeakerFactory()
    first, second = TagFactory(name="first"), TagFactory(name="second")
    add_tags(Talk.objects.all(), [first, second], by=None)
    remove_tags(Talk.objects.filter(pk=talks[0].pk), [second], by=None)
    assert counts_of_tags() == {"first": 3, "second": 2}

    # As a merge of tags does.
    TaggedTalk.objects.filter(tag=second).delete()
    TaggedTalk.objects.filter(tag=first, content_object=talks[0]).update(tag=second)
    ask("DELETE FROM talks_taggedtalk WHERE content_object_id = %s", [talks[1].pk])
    talks[1].delete()

    assert counts_of_tags() == {"first": 1, "second": 1}
    assert totals() == {"conferences": 1, "speakers": 1, "talks": 2, "talks_of_tag": 2}
    assert list(wrong_counts()) == []


@pytest.mark.django_db
def test_recaps_count_from_their_publication_to_the_bin():
    RecapFactory(draft=True)
    recap = RecapFactory()
    assert totals()["recaps"] == 1

    Recap.objects.filter(pk=recap.pk).update(deleted_at=recap.published_at)
    assert totals().get("recaps", 0) == 0

    Recap.objects.update(deleted_at=None, status="published", published_at="2030-01-01 12:00Z")
    assert totals()["recaps"] == 2


@committing
def test_a_count_is_one_row_after_each_commit():
    tag = TagFactory()
    with transaction.atomic():
        for talk in TalkFactory.create_batch(3):
            talk.tags.add(tag)

    rows = KeptCount.objects.filter(kind__in=[Counted.TALKS, Counted.TALKS_OF_TAG])
    assert list(rows.order_by("kind").values_list("kind", "of", "number")) == [
        ("talks", 0, 3),
        ("talks_of_tag", tag.pk, 3),
    ]


@committing
def test_writers_of_the_same_counts_never_wait_for_each_other():
    first, second = TagFactory(), TagFactory()
    talk, other_talk = TalkFactory(), TalkFactory()
    tagging = "INSERT INTO talks_taggedtalk (tag_id, content_object_id) VALUES (%s, %s)"
    with closing(connection.copy()) as slow, closing(connection.copy()) as quick:
        for using in (slow, quick):
            ask("SET lock_timeout = '2s'", using=using)
            ask("BEGIN", using=using)
        ask(tagging, [first.pk, talk.pk], slow)
        ask(tagging, [second.pk, other_talk.pk], quick)
        ask(tagging, [second.pk, talk.pk], slow)
        ask(tagging, [first.pk, other_talk.pk], quick)
        # Folded, and not yet committed.
        ask("SET CONSTRAINTS ALL IMMEDIATE", using=slow)
        ask("COMMIT", using=quick)
        assert [tag.talk_count for tag in Tag.objects.with_talk_counts()] == [1, 1]
        ask("COMMIT", using=slow)

    assert [tag.talk_count for tag in Tag.objects.with_talk_counts()] == [2, 2]
    add_tags(Talk.objects.filter(pk=TalkFactory().pk), [first], by=None)
    assert KeptCount.objects.get(of=first.pk).number == 3


@committing
def test_an_emptied_table_counts_nothing():
    TalkFactory().tags.add(TagFactory(name="gone"))

    ask("TRUNCATE talks_taggedtalk CASCADE")

    assert counts_of_tags() == {"gone": 0}
    assert list(wrong_counts()) == []


@pytest.mark.django_db
def test_a_wrong_count_is_found_and_mended(capsys):
    tag = TagFactory(name="django")
    TalkFactory().tags.add(tag)
    ask(PLANTED)
    KeptCount.objects.filter(kind=Counted.TALKS_OF_TAG).delete()

    with pytest.raises(SystemExit) as found:
        call_command("check_kept")
    told = capsys.readouterr().out.splitlines()
    call_command("check_kept", mend=True)
    mended = capsys.readouterr().out.splitlines()
    call_command("check_kept")

    wrong = "Wrong: counts: talks 0: 8 instead of 1, " + f"talks_of_tag {tag.pk}: 0 instead of 1"
    assert found.value.code == 1
    assert told == [wrong, "`manage.py check_kept --mend` puts that right."]
    assert mended == [wrong, "Put right: counts"]
    assert capsys.readouterr().out.splitlines() == ["All that is kept is what it is made from."]
    assert counts_of_tags() == {"django": 1}
