"""Where a talk is now whose conference, own address or both were others once."""

from conferences.models import Conference
from talks.models import Talk


def talk_that_was_at(conference_slug: str, talk_slug: str) -> Talk | None:
    """Return the talk that had this address, with its conference. At most three queries."""
    for conference in Conference.objects.at_any_address(conference_slug):
        talks = Talk.objects.at_any_address(conference, talk_slug).select_related("conference")
        if (found := talks.first()) is not None:
            return found
    return None
