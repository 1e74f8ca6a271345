"""Talks as machines read them (schema.org): events with their speakers and recordings. No query."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.duration import duration_iso_string

from conferences.places import time_zone_of
from conferences.structured import conference_event, event_id, place_of
from notes_site.json_ld import Thing, at_site, known
from talks.models import Talk, TalkSpeaker
from talks.players import SECOND, ShownRecording


def talk_event(talk: Talk, recordings: Iterable[ShownRecording]) -> Thing:
    """Return a talk as an event within its conference.

    Args:
        talk: as `TalkQuerySet.for_page` loads it.
        recordings: those that its page shows.
    """
    end = talk.starts_at + talk.duration if talk.starts_at and talk.duration else None
    status = "EventCancelled" if talk.is_cancelled else "EventScheduled"
    return known(
        type_="Event",
        id_=event_id(talk),
        name=talk.title,
        url=at_site(talk),
        startDate=_start(talk),
        endDate=_moment(talk, end) if end else "",
        duration=duration_iso_string(talk.duration) if talk.duration else "",
        eventStatus=f"https://schema.org/{status}",
        inLanguage=talk.language,
        performer=[_person(credit) for credit in talk.credits.all()],
        location=place_of(talk.conference, room=talk.room),
        keywords=[tag.name for tag in talk.shown_tags],
        superEvent=conference_event(talk.conference, with_series=False),
        recordedIn=[_video(talk, shown) for shown in recordings],
    )


def _start(talk: Talk) -> str:
    if talk.conference.dates_estimated or talk.given_on is None:
        return ""
    return _moment(talk, talk.starts_at) if talk.starts_at else talk.given_on.isoformat()


def _moment(talk: Talk, moment: dt.datetime) -> str:
    return timezone.localtime(moment, time_zone_of(talk.conference.time_zone)).isoformat()


def _person(credit: TalkSpeaker) -> Thing:
    return known(type_="Person", name=credit.speaker.name, url=at_site(credit.speaker))


def _video(talk: Talk, shown: ShownRecording) -> Thing:
    player = shown.player
    played = player.address.replace(SECOND, str(shown.start)) if player else ""
    return known(
        type_="VideoObject",
        name=talk.title,
        url=shown.recording.url,
        embedUrl=played.replace("autoplay=1&", "") if player and player.is_frame else "",
        contentUrl=played if player and not player.is_frame else "",
        inLanguage=shown.recording.language or talk.language,
    )
