"""What looks wrong about when a recap was published, though it may be right: never refused."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from recaps.models import Recap

# By another clock it may be the day after already.
CLOCKS_APART = dt.timedelta(days=1)


def doubts_about(recap: Recap) -> list[str]:
    """Return what looks wrong about a recap's publication. Its subject must be loaded."""
    given_on = _day_of_subject(recap)
    if recap.published_at is None or given_on is None:
        return []
    published_on = timezone.localdate(recap.published_at)
    if published_on >= given_on - CLOCKS_APART:
        return []
    said = gettext("The recap is published on %(published)s, before what it is about: %(day)s.")
    return [said % {"published": date_format(published_on), "day": date_format(given_on)}]


def _day_of_subject(recap: Recap) -> dt.date | None:
    """Return when what it is about began. Days that are only estimated tell nothing."""
    talk = recap.talk
    conference = talk.conference if talk else recap.conference
    if conference is None or conference.dates_estimated:
        return None
    return talk.given_on if talk else conference.starts_on
