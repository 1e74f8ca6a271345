"""schema.org data of talks, for JSON-LD: events with their speakers and recordings. No queries."""

from collections.abc import Iterable

from django.utils.duration import duration_iso_string

from conferences.structured import conference_event, event_id, place_of
from foundation.pages.json_ld import Thing, at_site, known
from talks.models import Talk, TalkSpeaker
from talks.recordings import ShownRecording


def talk_event(talk: Talk, recordings: Iterable[ShownRecording]) -> Thing:
    """Return a talk as an Event within its conference's; empty if its day or place is unknown.

    Its recordings are described as CreativeWork and not as VideoObject, which requires an upload
    date and a thumbnail; the site knows neither.

    Args:
        talk: as `TalkQuerySet.for_page` loads it.
        recordings: those that its page shows.
    """
    start = _start(talk)
    if not start or not talk.conference.place:
        return {}
    status = "EventCancelled" if talk.is_cancelled else "EventScheduled"
    return known(
        type_="Event",
        id_=event_id(talk),
        name=talk.title,
        url=at_site(talk),
        startDate=start,
        endDate=_end(talk),
        duration=duration_iso_string(talk.duration) if talk.duration else "",
        eventStatus=f"https://schema.org/{status}",
        inLanguage=talk.language,
        performer=[_person(credit) for credit in talk.credits.all()],
        location=place_of(talk.conference, room=talk.room),
        keywords=[tag.name for tag in talk.shown_tags],
        superEvent=conference_event(talk.conference),
        recordedIn=[_recording(talk, shown) for shown in recordings],
    )


def _start(talk: Talk) -> str:
    if talk.conference.dates_estimated or talk.given_on is None:
        return ""
    start = talk.local_start
    return start.isoformat(timespec="seconds") if start else talk.given_on.isoformat()


def _end(talk: Talk) -> str:
    if not (talk.local_start and talk.starts_at and talk.duration):
        return ""
    # Added to the moment: a clock may be changed while the talk goes on.
    end = (talk.starts_at + talk.duration).astimezone(talk.local_start.tzinfo)
    return end.isoformat(timespec="seconds")


def _person(credit: TalkSpeaker) -> Thing:
    return known(type_="Person", name=credit.speaker.name, url=at_site(credit.speaker))


def _recording(talk: Talk, shown: ShownRecording) -> Thing:
    return known(
        type_="CreativeWork",
        name=talk.title,
        url=shown.recording.url,
        inLanguage=shown.recording.language or talk.language,
    )
