import pytest

from conferences.factories import ConferenceFactory
from talks.factories import TagFactory, TalkFactory


@pytest.fixture
def talks():
    """Four talks of one conference; D has the tag "async". And one talk of another conference."""
    conference = ConferenceFactory(title="Harbour")
    tag = TagFactory(name="async")
    TalkFactory(title="Elsewhere")
    return [
        *(TalkFactory(title=title, conference=conference) for title in "ABC"),
        TalkFactory(title="D", conference=conference, tags=[tag]),
    ]
