"""Suggestions while typing: the names that begin with what stands in the search box."""

from itertools import chain

from conferences.models import Conference, Series
from notes_site.names import initial_letter, name_key, sort_key
from speakers.models import Speaker
from talks.models import Tag

LEAST_LETTERS = 2
MOST_OF_A_KIND, MOST = 4, 8


def suggestions(text: str) -> list[str]:
    """Return at most eight names, each once: tags by use, then speakers, conferences, series.

    Four queries; none where the text is shorter than two letters.
    """
    key = name_key(text)
    if len(key) < LEAST_LETTERS:
        return []
    tags = Tag.objects.known_to_readers().filter(key__startswith=key)
    # By heading and sort key, which one index has together.
    speakers = Speaker.objects.filter(
        letter=initial_letter(text), sort_key__startswith=sort_key(text)
    )
    names = chain(
        tags.order_by("-talk_count", "key").values_list("name", flat=True)[:MOST_OF_A_KIND],
        speakers.order_by("sort_key", "id").values_list("name", flat=True)[:MOST_OF_A_KIND],
        Conference.objects.filter(title__istartswith=text)
        .newest_first()
        .values_list("title", flat=True)[:MOST_OF_A_KIND],
        Series.objects.filter(title__istartswith=text)
        .order_by("title")
        .values_list("title", flat=True)[:MOST_OF_A_KIND],
    )
    return list(dict.fromkeys(names))[:MOST]
