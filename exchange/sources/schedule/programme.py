"""What every dialect becomes before its values are looked at: a conference and its slots.

Records keep the words of schedule JSON v1 (`title`, `date`, `persons` …) and the values of their
file, whatever they are: what can be used of them is decided once, for all dialects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exchange.report import IssueLog
from exchange.sources.schedule import findings
from talks.enums import AbstractFormat

Record = dict[str, Any]


@dataclass(frozen=True)
class Slot:
    """One slot of a programme. `location` says where it stands: a JSON pointer, or a line.

    `day` is the day of the programme under which it stands, `room` the room; '' where it stands
    under none.
    """

    location: str
    record: Record
    day: str = ""
    room: str = ""

    def at(self, field_name: str) -> str:
        """Return where one of its values stands."""
        return f"{self.location}/{field_name}"


@dataclass
class Programme:
    """What a file says. `conference` has the keys of schedule JSON v1."""

    conference: Record = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    # The days as the file lists them: `date`, and perhaps the moments `start` and `end`.
    days: list[Record] = field(default_factory=list)
    abstract_format: AbstractFormat = AbstractFormat.MARKDOWN
    # Whether moments in UTC say nothing about the clock of the place.
    is_in_utc: bool = False


def localised(value: Any, language: str = "") -> Any:
    """Return a text that may stand there in several languages: the wanted, English, or the first.

    Objects with a `name` mean that.
    """
    if not isinstance(value, Mapping):
        return value
    if "name" in value:
        return localised(value["name"], language) if value["name"] is not value else None
    texts = {key: text for key, text in value.items() if isinstance(text, str) and text.strip()}
    return next((texts[key] for key in (language, "en") if key in texts), None) or next(
        iter(texts.values()), ""
    )


def text_under(record: Record, key: str, log: IssueLog, location: str = "") -> str | None:
    """Return the text under a key: '' where it is null, None where it is absent or no text."""
    if key not in record:
        return None
    value = localised(record[key])
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    log.add(findings.WRONG_TYPE, value, location or f"/{key}")
    return None


def plain(record: Record, key: str) -> str:
    """Return the text under a key without outer space; '' where there is none, without a word."""
    return (text_under(record, key, IssueLog("")) or "").strip()
