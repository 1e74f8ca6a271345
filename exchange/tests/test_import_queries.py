import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.tests.folders import video

pytestmark = pytest.mark.django_db


def talks(count, version=""):
    """So many talks, each with its own speakers, tags, recordings and links."""
    return {
        f"talk-{n:03}": video(
            title=f"Talk {n}{version}",
            description=f"About {n}{version}",
            speakers=[f"Speaker {n}{version}", f"Guest {n}"],
            tags=[f"tag {n}{version}", f"topic {n}"],
            videos=[{"url": f"https://vimeo.com/{5000 + n}{len(version)}"}],
            related_urls=[{"url": f"https://trees.example/{n}", "label": f"Page{version}"}],
        )
        for n in range(count)
    }


def query_count(import_talks, records):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        result = import_talks(records)
    return len(queries), result


@pytest.mark.parametrize("count", [3, 30])
def test_queries_of_a_first_import_do_not_grow_with_its_talks(import_talks, count):
    queries, result = query_count(import_talks, talks(count))

    assert (queries, result.counts.new) == (28, count)


@pytest.mark.parametrize("count", [3, 30])
def test_queries_of_an_import_of_changes_do_not_grow_with_its_talks(import_talks, count):
    import_talks(talks(count))

    queries, result = query_count(import_talks, talks(count, " revised"))

    assert (queries, result.counts.changed) == (41, count)


@pytest.mark.parametrize("count", [3, 30])
def test_an_import_of_what_is_known_only_looks(import_talks, count):
    import_talks(talks(count))

    queries, result = query_count(import_talks, talks(count))

    assert (queries, result.counts.unchanged) == (7, count)


@pytest.mark.parametrize("count", [3, 30])
def test_queries_of_vanishing_talks_do_not_grow_with_them(import_talks, count):
    import_talks({**talks(count), "stays": video()})

    queries, result = query_count(import_talks, {"stays": video()})

    assert (queries, result.counts.gone) == (10, count)
