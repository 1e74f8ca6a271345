"""Talks as machines read them (schema.org): events with their speakers and recordings. No query."""

from collections.abc import Iterable

from django.utils.duration import duration_iso_string

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
    status = "EventCancelled" if talk.is_cancelled else "EventScheduled"
    return known(
        type_="Event",
        id_=event_id(talk),
        name=talk.title,
        url=at_site(talk),
        startDate=_start(talk),
        endDate=_end(talk),
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
    return (talk.local_start or talk.given_on).isoformat()


def _end(talk: Talk) -> str:
    if not (talk.local_start and talk.starts_at and talk.duration):
        return ""
    # Added to the moment: a clock may be changed while the talk goes on.
    return (talk.starts_at + talk.duration).astimezone(talk.local_start.tzinfo).isoformat()


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
