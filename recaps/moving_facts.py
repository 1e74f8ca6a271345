"""Moving front matter from a text into the fields of a recap's form. Nothing of it is lost.

What has a field goes there, unless something else stands in it. The rest stays in the text, in a
comment that readers do not see.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from foundation.text.languages import language_tag
from foundation.text.names import clean_line
from recaps.front_matter import Fact, FrontMatter
from recaps.models import SUMMARY_MAX_LENGTH, Recap
from talks.tagging.text import line_of

TITLE_MAX_LENGTH = Recap._meta.get_field("title").max_length or 0


@dataclass(frozen=True)
class Moved:
    """What was moved into the fields of a form, and the keys that moved and that stayed."""

    fields: dict[str, str]
    moved: list[str]
    stayed: list[str]


def move_facts(front: FrontMatter, *, empty: Mapping[str, bool]) -> Moved:
    """Return the new values of the fields: of the text, and of those that have a fact.

    Args:
        empty: by its name, whether a field of the form is free. Others get nothing.
    """
    values: dict[str, str] = {}
    gone: list[Fact] = []
    for field, read in READERS.items():
        facts = front.facts_for(field) if empty.get(field) else []
        used = facts if field == "tags" else facts[:1]
        if value := read(used) if used else "":
            values[field] = value
            gone += used
    rest = [fact for fact in front.facts if fact not in gone]
    values["body"] = _text(front, rest)
    return Moved(values, [fact.key for fact in gone], [fact.key for fact in rest if fact.key])


def _text(front: FrontMatter, rest: list[Fact]) -> str:
    """Return the text below, and before it the facts that stay."""
    lines = "".join(fact.lines for fact in rest).rstrip("\n")
    if not lines or "-->" in lines:
        return f"{lines}\n\n{front.text}" if lines else front.text
    return f"<!--\n{lines}\n-->\n\n{front.text}"


def _title(facts: list[Fact]) -> str:
    title = clean_line(" ".join(facts[0].values))
    return title if len(title) <= TITLE_MAX_LENGTH else ""


def _summary(facts: list[Fact]) -> str:
    summary = " ".join(facts[0].values)
    return summary if len(summary) <= SUMMARY_MAX_LENGTH else ""


def _language(facts: list[Fact]) -> str:
    return language_tag(facts[0].values[0])


def _tags(facts: list[Fact]) -> str:
    return line_of(dict.fromkeys(name for fact in facts for name in _names(fact)))


def _names(fact: Fact) -> list[str]:
    """Return the tags of a list, or of one line of them, parted by commas or else by spaces."""
    names = list(fact.values)
    if len(names) == 1 and "[" not in fact.lines and "\n-" not in fact.lines.replace(" ", ""):
        line = names[0]
        names = line.split(",") if "," in line or fact.key != "tags" else line.split()
    return [name for name in (clean_line(name).lstrip("#").strip() for name in names) if name]


def _published_at(facts: list[Fact]) -> str:
    """Return a moment as the form shows one: its day and its time in the site's zone."""
    text = facts[0].values[0]
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        return ""
    if moment and timezone.is_aware(moment):
        moment = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else f"{day} 00:00:00" if day else ""


READERS: dict[str, Callable[[list[Fact]], str]] = {
    "title": _title,
    "summary": _summary,
    "language": _language,
    "tags": _tags,
    "published_at": _published_at,
}
