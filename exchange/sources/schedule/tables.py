"""Tables with a header row, as spreadsheets save them: each row is a slot.

Columns are known by their names, whatever their order; those that nobody knows are left out.
"""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from exchange.files.json_files import NOT_UTF8, UnreadableFileError
from exchange.report import IssueLog, shown
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Programme, Record, Slot
from exchange.sources.schedule.table_dates import DayOrder, clock_text, day_order
from foundation.text.names import name_key
from talks.enums import AbstractFormat

MAX_ROWS = 20_000
MAX_COLUMNS = 200
# A day and a time of day with a few words around.
LONGEST_TIME = 60
_DELIMITERS = ",;\t|"
# What a column holds, by the names that people give it.
_COLUMNS = {
    "title": "title talk talktitle sessiontitle titel titre titulo titolo name thema",
    "subtitle": "subtitle untertitel",
    "persons": (
        "speaker speakers speakername speakernames presenter presenters who author authors"
        " referent referenten referentin sprecher sprecherin vortragende intervenant ponente"
    ),
    "day": "day date tag datum jour fecha giorno data startdate",
    "start": (
        "start time starttime begin begins from von uhrzeit zeit startzeit startsat hora debut"
    ),
    "end": "end endtime ends until to bis ende endsat fin",
    "duration": "duration length minutes min mins dauer laenge länge durée duración",
    "room": "room location venue stage hall place raum saal ort salle sala where track/room",
    "track": "track topic stream tracks",
    "type": "type kind format sessiontype sessionformat art",
    "language": "language lang sprache langue idioma",
    "abstract": "abstract summary zusammenfassung résumé kurzbeschreibung",
    "description": "description beschreibung details inhalt descripción",
    "url": "url link website web page",
    "slides": "slides folien presentation slidesurl",
    "recording_url": "video recording videourl youtube aufzeichnung",
    "recording_license": "licence license lizenz",
    "guid": "guid uuid uid",
    "code": "code",
    "id": "id nr no number sessionid talkid",
    "do_not_record": "donotrecord norecording",
    "state": "status state",
    "time_zone_name": "timezone zeitzone tz",
    "conference": "conference konferenz eventname",
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names.split()}
_AS_IT_IS = (
    *("title", "subtitle", "duration", "room", "track", "type", "language", "abstract"),
    *("description", "url", "recording_url", "recording_license", "guid", "code", "id"),
    "do_not_record",
)
_WHEN = frozenset({"day", "start", "end"})
_SIGNS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?<=\D)[0-9]{1,2}$")
_BETWEEN_PEOPLE = re.compile(r"\s*[;|\n]\s*")
_RANGE = re.compile(
    r"^(.*\d\S*(?:\s?[ap]\.?m\.?)?)\s*(?:-|–|—|\bto\b|\bbis\b)\s*(\d.*)$", re.IGNORECASE
)
_CANCELLED = frozenset({"cancelled", "canceled", "abgesagt", "annulé", "cancelado"})
Cells = dict[str, list[str]]


def programme_in_table(content: bytes, log: IssueLog) -> Programme | None:
    """Return what a table says; None where the file has no header row that we know.

    Raises UnreadableFileError where it has one, and cannot be read all the same.
    """
    text = _text_of(content)
    found = _header_in(text)
    if found is None:
        return None
    columns, rows = found
    unknown = [name for name, column in columns if not column and name.strip()]
    if unknown:
        log.add(findings.COLUMNS_UNKNOWN, ", ".join(map(shown, unknown)), "line 1")
    cells = [(line, _cells(columns, row)) for line, row in _read(rows)]
    order = day_order([day for _line, cell in cells for day in cell.get("day", [])])
    if order is DayOrder.UNCLEAR:
        log.add(findings.DAYS_UNCLEAR, next(d for _l, c in cells for d in c.get("day", []) if d))
    programme = Programme(_conference(cells), abstract_format=AbstractFormat.PLAIN)
    programme.slots = [_slot(line, cell, order) for line, cell in cells]
    return programme


def _text_of(content: bytes) -> str:
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(NOT_UTF8, error.reason, f"byte {error.start}") from error


def _header_in(text: str) -> tuple[list[tuple[str, str]], Any] | None:
    """Return the names of the columns with what they mean, and the rows after them."""
    body = text.lstrip()
    if body[:4].casefold() == "sep=":  # a line of Excel's
        body = body.partition("\n")[2]
    first = body.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    try:
        header = next(rows, [])
    except csv.Error:
        return None
    columns = [(name, _column(name)) for name in header[:MAX_COLUMNS]]
    known = {column for _name, column in columns if column}
    return (columns, rows) if "title" in known and len(known) > 1 else None


def _column(name: str) -> str:
    key = _NUMBERED.sub("", _SIGNS.sub("", name.casefold()))
    return _NAMES.get(key, "")


def _read(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, each with the line in which it begins."""
    line = rows.line_num + 1
    try:
        for row in islice(rows, MAX_ROWS):
            if any(cell.strip() for cell in row):
                yield line, row
            line = rows.line_num + 1
        if next(rows, None) is not None:
            raise UnreadableFileError(findings.TOO_MANY_ROWS, MAX_ROWS, f"line {line}")
    except csv.Error as error:
        raise UnreadableFileError(findings.NOT_A_TABLE, str(error), f"line {line}") from error


def _cells(columns: list[tuple[str, str]], row: list[str]) -> Cells:
    """Return what the row holds by the meaning of its columns; several may mean the same."""
    cells: Cells = {}
    for (_name, column), cell in zip(columns, row, strict=False):
        if column:
            text = cell.strip()
            cells.setdefault(column, []).append(text[:LONGEST_TIME] if column in _WHEN else text)
    return cells


def _conference(cells: list[tuple[int, Cells]]) -> Record:
    """Return what all rows say alike about the conference."""
    found = {}
    for key, name in (("conference", "title"), ("time_zone_name", "time_zone_name")):
        said = {text for _line, cell in cells if (text := _one(cell, key))}
        if len(said) == 1:
            found[name] = said.pop()
    return found


def _slot(line: int, cells: Cells, order: DayOrder) -> Slot:
    record: Record = {key: _one(cells, key) for key in _AS_IT_IS if key in cells}
    record |= _times(cells, order)
    record["persons"] = [
        name for cell in cells.get("persons", []) for name in _BETWEEN_PEOPLE.split(cell) if name
    ]
    record["attachments"] = [{"url": u, "type": "slides"} for u in cells.get("slides", []) if u]
    if "state" in cells:
        record["cancelled"] = name_key(_one(cells, "state")) in _CANCELLED
    return Slot(f"line {line}", record)


def _times(cells: Cells, order: DayOrder) -> Record:
    """Return `date` and `end` as far as day and clock are told: in a cell, in two, as a range."""
    start, end = _one(cells, "start"), _one(cells, "end")
    between = _RANGE.match(start)
    if between and not order.day_in(start):
        start, end = between[1], end or between[2]
    day = order.day_in(_one(cells, "day")) or order.day_in(start)
    said = _one(cells, "day") or start
    if day is None:
        return {"date": said} if said else {}
    clock = clock_text(start) or clock_text(_one(cells, "day"))
    if not clock:
        return {"date": day.isoformat()} | ({"start": start} if start else {})
    found = {"date": f"{day.isoformat()}T{clock}"}
    until = clock_text(end)
    if until:
        last = order.day_in(end) or (day if until > clock[: len(until)] else _next(day))
        found["end"] = f"{last.isoformat()}T{until}{clock[len(until) :]}"
    return found


def _next(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1) if day < dt.date.max else day


def _one(cells: Cells, key: str) -> str:
    """Return the first text under a key that says something."""
    return next((text for text in cells.get(key, []) if text), "")
