"""A library in which every public address leads somewhere, and those addresses."""

from django.urls import get_resolver, reverse

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TagFactory, TalkFactory
from tests.tools.drawing import a_kept_image

# Of every slug: what must be percent-encoded is.
WORD = "日本"
_VALUES = {"second_slug": "second", "year": 2017, "month": 4, "section": "talks"}


def public_patterns(patterns=None):
    """Return the patterns of all addresses outside the admin."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if getattr(pattern, "namespace", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            yield from public_patterns(pattern.url_patterns)
        else:
            yield pattern


def every_page(**talk_fields):
    """Make one row of everything, and return the address of every pattern by its name."""
    author, speaker = UserFactory(slug=WORD), SpeakerFactory(slug=WORD)
    tags = [TagFactory(name="Topic", slug=WORD), TagFactory(name="Second", slug="second")]
    conference = ConferenceFactory(
        slug=WORD, series=SeriesFactory(slug=WORD), city="Lisbon", country="PT"
    )
    talk = TalkFactory(
        conference=conference, slug=WORD, tags=tags, speakers=[speaker], **talk_fields
    )
    RecordingFactory(talk=talk)
    RecapFactory(talk=talk, slug=WORD, author=author, tags=tags, body="One.\n\n## Two\n\nThree.")
    RecapFactory(talk=None, conference=conference, slug="whole", author=author)
    return {
        pattern.name: _address(pattern) for pattern in public_patterns() if pattern.name != "image"
    } | {"image": a_kept_image(author).get_absolute_url()}


def _address(pattern):
    names = pattern.pattern.converters
    return reverse(pattern.name, kwargs={name: _VALUES.get(name, WORD) for name in names})
