"""Front matter: metadata at the beginning of a text, as other programs write it.

Blocks between `---` (YAML) or `+++` (TOML), and lines such as `Title: …` before the first empty
line. It is parsed key by key, and each key keeps its lines as they were typed.

A button moves front matter from the text into the fields of a recap's form, and nothing of it is
lost: a key with an empty field goes there. All other keys stay in the text, in a comment that
readers do not see.
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
    """The keys at the beginning of a text, and the text below them."""

    facts: tuple[Fact, ...]
    text: str

    def facts_for(self, field: str) -> list[Fact]:
        """Return the non-empty keys that belong to a field of a recap."""
        return [fact for fact in self.facts if fact.key in KEYS[field] and fact.values]

    @property
    def is_movable(self) -> bool:
        """Return whether any key has a field."""
        return any(self.facts_for(field) for field in KEYS)


def read_front_matter(text: str) -> FrontMatter | None:
    """Parse a text's front matter; None if it has none, or an empty one."""
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
    """Return the `Key: value` lines at the beginning of a text, and where they end.

    Such lines have no fence, or an unclosed one, and end at the first empty line.
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
    """Yield each key with its lines; comments and lines before the first key have none."""
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
    """Return the values after the colons."""
    found = {}
    for key, lines in _by_key(header):
        value = " ".join(lines.partition(":")[2].split()).strip("\"'")
        found[key] = [value]
    return found


def _texts(facts: dict[Any, Any]) -> dict[str, list[str]]:
    return {str(key): list(_values(value)) for key, value in facts.items()}


def _values(value: Any) -> Iterator[str]:
    """Yield a value, or the items of a list, as text; nothing for nested values."""
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, (list, dict)):
            yield str(one).strip()


TITLE_MAX_LENGTH = Recap._meta.get_field("title").max_length or 0


@dataclass(frozen=True)
class Moved:
    """The new values of form fields, and the keys that moved and that stayed."""

    fields: dict[str, str]
    moved: list[str]
    stayed: list[str]


def move_facts(front: FrontMatter, *, empty: Mapping[str, bool]) -> Moved:
    """Return the new values of the text field and of the fields whose keys moved.

    Args:
        empty: whether a form field is empty, by name. Others get nothing.
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
    """Return the text below the front matter, preceded by the keys that stay."""
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
    """Return the tags of a list, or of a line separated by commas or else by spaces."""
    names = list(fact.values)
    if len(names) == 1 and "[" not in fact.lines and "\n-" not in fact.lines.replace(" ", ""):
        line = names[0]
        names = line.split(",") if "," in line or fact.key != "tags" else line.split()
    return [name for name in (clean_line(name).lstrip("#").strip() for name in names) if name]


def _published_at(facts: list[Fact]) -> str:
    """Return a date and time as the form shows it, in the site's time zone."""
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
