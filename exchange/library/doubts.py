"""Warnings about imported data: odd times and duplicate talks. They are reported, and imported as
they are.
"""

from collections.abc import Iterable
from dataclasses import replace

from conferences.models import Conference
from exchange.library import findings
from exchange.library.records import ParsedEvent, ParsedTalk
from exchange.report import Issue, shown
from foundation.text.names import name_key
from talks.doubts import FAR, days_in_words, doubts_about
from talks.models import Talk


def doubtful_days(parsed: ParsedEvent, conference: Conference) -> list[Issue]:
    """Return a warning if the conference lasts too long."""
    first, last = conference.starts_on, conference.ends_on
    if first is None or last is None or last - first < FAR:
        return []
    return [Issue(findings.DOUBTFUL_DAYS, parsed.folder, value=days_in_words(conference))]


def doubtful_times(talks: Iterable[tuple[Talk, ParsedTalk]], conference: Conference) -> list[Issue]:
    """Return a warning for each odd time of a talk that was written and is the conference's."""
    issues = []
    for talk, parsed in talks:
        if talk.conference_id == conference.pk:
            talk.conference = conference  # as it is now; no query
            issues += [
                Issue(
                    findings.DOUBTFUL_WHEN,
                    parsed.file,
                    location=parsed.location or "/recorded",
                    record=shown(talk.title, 80),
                    value=shown(said),
                )
                for said in doubts_about(talk)
            ]
    return issues


class DuplicateWatch:
    """Remembers the talks of an import to find duplicates: by title and speakers within an event,
    by video over all.
    """

    def __init__(self) -> None:
        self._files: dict[tuple[str, ...], str] = {}

    def issues_of(self, event: ParsedEvent) -> list[Issue]:
        """Return a warning for each talk that duplicates an earlier one."""
        found = (self._issue_of(event.name, talk) for talk in event.talks)
        return [issue for issue in found if issue]

    def with_issues(self, event: ParsedEvent) -> ParsedEvent:
        """Return the event with these issues among its own."""
        return replace(event, issues=(*event.issues, *self.issues_of(event)))

    def _issue_of(self, event_name: str, talk: ParsedTalk) -> Issue | None:
        traits = [_title_and_speakers(event_name, talk), *_videos(talk)]
        earlier = next((self._files[trait] for trait in traits if trait in self._files), "")
        for trait in traits:
            self._files.setdefault(trait, _place(talk))
        if not earlier:
            return None
        title = shown(talk.fields["title"], 80)
        return Issue(findings.POSSIBLE_DUPLICATE, talk.file, talk.location, title, shown(earlier))


def _place(talk: ParsedTalk) -> str:
    return f"{talk.file} ({talk.location})" if talk.location else talk.file


def _title_and_speakers(event_name: str, talk: ParsedTalk) -> tuple[str, ...]:
    speakers = sorted(name_key(name) for name in talk.fields.get("speakers", []))
    return ("talk", event_name, name_key(talk.fields["title"]), *speakers)


def _videos(talk: ParsedTalk) -> list[tuple[str, ...]]:
    return [
        ("video", video["provider"], video["video_id"] or video["url"])
        for video in talk.fields.get("recordings", [])
    ]
