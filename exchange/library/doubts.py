"""What looks wrong about when an event's talks are given: reported, and imported as it is."""

from collections.abc import Iterable

from conferences.models import Conference
from exchange.issues import Issue, shown
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.sources.pyvideo import findings
from talks.doubts import FAR, days_in_words, doubts_about
from talks.models import Talk


def doubtful_days(parsed: ParsedEvent, conference: Conference) -> list[Issue]:
    """Return an issue where the conference lasts too long."""
    first, last = conference.starts_on, conference.ends_on
    if first is None or last is None or last - first < FAR:
        return []
    return [Issue(findings.DOUBTFUL_DAYS, parsed.folder, value=days_in_words(conference))]


def doubtful_times(talks: Iterable[tuple[Talk, ParsedTalk]], conference: Conference) -> list[Issue]:
    """Return an issue for each doubt about a talk that was written, and is the conference's."""
    issues = []
    for talk, parsed in talks:
        if talk.conference_id == conference.pk:
            talk.conference = conference  # as it is now; no query
            issues += [
                Issue(
                    findings.DOUBTFUL_WHEN,
                    parsed.file,
                    location="/recorded",
                    record=shown(talk.title, 80),
                    value=shown(said),
                )
                for said in doubts_about(talk)
            ]
    return issues
