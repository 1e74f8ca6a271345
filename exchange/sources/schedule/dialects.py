"""Which dialect a file is in, told from what it holds."""

import codecs

from exchange.files.json_files import UnreadableFileError, parse_json
from exchange.files.xml_files import parse_xml
from exchange.report import IssueLog, shown
from exchange.sources.schedule import findings, schedule_xml
from exchange.sources.schedule.pretalx_api import entries_in, programme_in_dump
from exchange.sources.schedule.programme import Programme
from exchange.sources.schedule.schedule_json import is_schedule_json, programme_in_json
from exchange.sources.schedule.schedule_xml import programme_in_xml
from exchange.sources.schedule.tables import programme_in_table

_CALENDAR = b"BEGIN:VCALENDAR"
_UTF_16 = (codecs.BOM_UTF16_LE + b"<\0", codecs.BOM_UTF16_BE + b"\0<")


def programme_in(content: bytes, log: IssueLog) -> Programme:
    """Return the programme that a file's bytes hold, or raise UnreadableFileError."""
    bare = content.removeprefix(codecs.BOM_UTF8).lstrip()
    if bare.startswith(b"<") or content.startswith(_UTF_16):
        return _in_xml(content, bare, log)
    if bare.startswith((b"{", b"[")):
        return _in_json(bare, log)
    if bare[: len(_CALENDAR)].upper() == _CALENDAR:
        return _in_calendar(bare, log)
    programme = programme_in_table(content, log)
    if programme is None:
        raise UnreadableFileError(findings.NOT_A_SCHEDULE, _beginning(bare))
    return programme


def _in_xml(content: bytes, bare: bytes, log: IssueLog) -> Programme:
    if content.startswith(_UTF_16):
        bare = content
    elif len(bare) < len(content.removeprefix(codecs.BOM_UTF8)) and bare.startswith(b"<?xml"):
        log.add(findings.LEADING_SPACE)
    return programme_in_xml(parse_xml(bare, numbered=schedule_xml.SLOT), log)


def _in_json(bare: bytes, log: IssueLog) -> Programme:
    value = parse_json(bare)
    if is_schedule_json(value):
        return programme_in_json(value, log)
    entries = entries_in(value)
    if entries is not None:
        return programme_in_dump(entries, log)
    if isinstance(value, list):
        raise UnreadableFileError(findings.FLAT_LIST, value[:1])
    raise UnreadableFileError(findings.NOT_A_SCHEDULE, ", ".join(map(str, list(value)[:10])))


def _in_calendar(bare: bytes, log: IssueLog) -> Programme:
    # Its library takes a quarter of a second to load, which every start would wait for.
    from exchange.sources.schedule.calendar_files import programme_in_calendar  # noqa: PLC0415

    return programme_in_calendar(bare, log)


def _beginning(bare: bytes) -> str:
    return shown(bare[:60].decode("utf-8", "replace"))
