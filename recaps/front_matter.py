"""Front matter: the facts about a text that other programs keep at its beginning.

Blocks between `---` (YAML) or `+++` (TOML), and lines such as `Title: …` before the first empty
line. It is read key by key, and each key keeps its lines as they were typed.

A button moves it from the text into the fields of a recap's form, and nothing of it is lost: what
has a field goes there, unless something else stands in it. The rest stays in the text, in a
comment that readers do not see.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from foundation.text.languages import language_tag
from foundation.text.names import clean_line
from recaps.models import SUMMARY_MAX_LENGTH, Recap
from talks.tagging.text import line_of

LONGEST = 64_000
# By the field of a recap, the keys that mean it, in lower case.
KEYS = {
    "title": ("title",),
    "summary": ("summary", "description", "excerpt"),
    "language": ("lang", "language", "locale"),
    "tags": ("tags", "tag", "keywords", "categories", "category", "topics"),
    "published_at": (
        *("date", "published", "published_at", "published_date", "publishdate", "pubdate"),
        *("created", "created_at"),
    ),
}
# A line of prose may begin with a word and a colon: these begin a block of lines without a fence.
FIRST_KEYS = {key for keys in KEYS.values() for key in keys} | {
    *("slug", "author", "authors", "status", "modified", "layout", "speaker", "event"),
    "conference",
}
FENCED = re.compile(
    r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
# Not closed, and the fence is a rule further below.
HEADING_BELOW = re.compile(r"\n[ \t]*\n#")
# A key at the beginning of a line, or a table of TOML. Bounded, for lines may be long.
KEY = re.compile(
    r"""(["']?)([A-Za-z][\w.-]{0,40})\1[ \t]{0,20}[:=](?:\s|$)|(\[[^\]\n]{1,60}\]+)[ \t]{0,20}$"""
)


@dataclass(frozen=True)
class Fact:
    """One key with its lines as they were typed, and its values as text."""

    key: str
    lines: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class FrontMatter:
    """The facts that a text begins with, and the text below them."""

    facts: tuple[Fact, ...]
    text: str

    def facts_for(self, field: str) -> list[Fact]:
        """Return those that mean a field of a recap and say something."""
        return [fact for fact in self.facts if fact.key in KEYS[field] and fact.values]

    @property
    def is_movable(self) -> bool:
        """Tell whether any of it has a field."""
        return any(self.facts_for(field) for field in KEYS)


def read_front_matter(text: str) -> FrontMatter | None:
    """Return what a text begins with, if it begins with front matter that says anything."""
    beginning = text[:LONGEST]
    fenced = FENCED.match(beginning)
    if fenced and not HEADING_BELOW.search(fenced[2]):
        header, end = fenced[2], fenced.end()
        values = _toml(header) if fenced[1] == "+++" else _yaml(header)
    else:
        header, end = _unfenced(beginning)
        values = _lines_of_text(header)
    facts = tuple(
        Fact(key.lower(), lines, tuple(filter(None, values.get(key, ()))))
        for key, lines in _by_key(header)
    )
    return FrontMatter(facts, text[end:].lstrip("\n")) if facts else None


def _unfenced(text: str) -> tuple[str, int]:
    """Return the lines of keys that a text begins with, and where they end.

    They have no fence, or one that is not closed, and end at the first empty line.
    """
    start = len(text) - len(text.lstrip())
    start += len(re.match(r"(?:---[ \t]{0,20}\n)?", text[start:])[0])  # type: ignore[index]
    header = re.split(r"\n[ \t]*\n", text[start:], maxsplit=1)[0]
    lines = header.splitlines()
    keys = [found[2].lower() for found in map(KEY.match, lines) if found and found[2]]
    others = [line for line in lines if not KEY.match(line) and not line[:1].isspace()]
    is_one = bool(keys) and not others and keys[0] in FIRST_KEYS and {"title", "date"} & set(keys)
    return (header, start + len(header)) if is_one else ("", 0)


def _by_key(header: str) -> Iterator[tuple[str, str]]:
    """Return each key with its lines; comments, and what stands before all keys, have none."""
    key, lines = "", ""
    for line in header.splitlines(keepends=True):
        found = KEY.match(line)
        # What stands in a table of TOML is the table's.
        if (found or line.startswith("#")) and not key.startswith("["):
            if lines.strip():
                yield key, lines
            key, lines = (found[2] or found[3]) if found else "", ""
        lines += line
    if lines.strip():
        yield key, lines


def _yaml(header: str) -> dict[str, list[str]]:
    try:
        # All values as they are typed: no dates, no `no` that means False, no objects.
        facts = yaml.load(header, Loader=yaml.BaseLoader)  # noqa: S506 -- it makes texts alone
    except (yaml.YAMLError, RecursionError, ValueError):
        return _lines_of_text(header)  # such as a title with a colon in it
    return _texts(facts) if isinstance(facts, dict) else {}


def _toml(header: str) -> dict[str, list[str]]:
    try:
        return _texts(tomllib.loads(header))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _lines_of_text(header: str) -> dict[str, list[str]]:
    """Return what stands behind the colons."""
    found = {}
    for key, lines in _by_key(header):
        value = " ".join(lines.partition(":")[2].split()).strip("\"'")
        found[key] = [value]
    return found


def _texts(facts: dict[Any, Any]) -> dict[str, list[str]]:
    return {str(key): list(_values(value)) for key, value in facts.items()}


def _values(value: Any) -> Iterator[str]:
    """Return a value, or those of a list, as texts; nothing for what holds others in turn."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, (list, dict)):
            yield str(one).strip()


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
