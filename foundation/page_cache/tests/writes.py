"""The ways in which a row that pages show is written."""

from django.db import connection

from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.states import delete_for_good
from talks.factories import TagFactory


def recap_to_change():
    """Return a published recap whose page shows a title and a tag."""
    return RecapFactory(title="Before", slug="it", talk__tags=[TagFactory(name="testing")])


def by_save(recap):
    recap.title = "Changed"
    recap.save(update_fields=["title"])


def by_update(recap):
    Recap.objects.filter(pk=recap.pk).update(title="Changed")


def by_sql(recap):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recaps_recap SET title = 'Changed' WHERE id = %s", [recap.pk])


def by_cascade(recap):
    delete_for_good(Recap.objects.filter(pk=recap.pk))


def by_unpublishing(recap):
    Recap.objects.filter(pk=recap.pk).update(status="draft")


def by_the_version_alone():
    """Change the version, but nothing that pages show."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE content_version SET mark = gen_random_uuid()")


# Afterwards there is no page.
GONE = [by_cascade, by_unpublishing]
WRITES = [by_save, by_update, by_sql, by_cascade, by_unpublishing]
