"""When talks are given: moments by the conference's zone, days by the programme.

A talk after midnight belongs to the day before: the file's days say so, or else the hour does.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from conferences.places import is_an_offset, offset_name, time_zone_of
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.programme import Programme, Record, Slot, plain, text_under
from foundation.text.bounds import is_within
from foundation.text.lengths import length_of
from foundation.text.wall_clock import moments_of

_MOMENT = re.compile(
    r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s?(Z|[+-]\d\d:?\d\d)?$", re.ASCII
)
_DAY = re.compile(r"^\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"^(\d{1,2}):(\d\d)(?::(\d\d))?$", re.ASCII)
_DAYS_LONG = re.compile(r"^(\d{1,2}):(\d\d):(\d\d)$", re.ASCII)
LONGEST = dt.timedelta(hours=24)
# Where a file has no days, what begins before this hour belongs to the day before.
NIGHT_ENDS = dt.time(4)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """By which clock and which days a file's moments are to be read."""

    zone_name: str = ""
    is_guessed: bool = False
    # Moments are marked as UTC, but are what the clock of the place shows.
    is_local_as_utc: bool = False
    day_change: dt.time = dt.time(0)
    spans: tuple[tuple[dt.date, dt.datetime, dt.datetime], ...] = ()
    busy_days: frozenset[dt.date] = field(default_factory=frozenset)

    @property
    def zone(self) -> dt.tzinfo | None:
        """The zone; None where nobody knows it."""
        return time_zone_of(self.zone_name) if self.zone_name else None

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return what the clock of the place shows; the moment's own where that is unknown."""
        return moment.astimezone(self.zone) if self.zone and moment.tzinfo else moment


@dataclass(frozen=True)
class Start:
    """When a talk begins: the day of the programme, and the moment where it is known."""

    day: dt.date | None = None
    moment: dt.datetime | None = None
    is_naive: bool = False


def moment_in(value: Any) -> dt.datetime | None:
    """Return the moment that a text names, with its offset where it has one; None without."""
    found = _MOMENT.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        moment = dt.datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
    except ValueError:
        return None
    if not is_within(moment) or (moment.tzinfo and not is_an_offset(moment.utcoffset())):
        return None
    return moment


def day_in(value: Any) -> dt.date | None:
    """Return the day with which a text begins; None where it does not."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        day = dt.date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None
    return day if day and is_within(day) else None


def clock_in(value: Any) -> dt.time | None:
    """Return the time of day that a text names; None where it names none."""
    found = _CLOCK.match(value.strip()) if isinstance(value, str) else None
    try:
        return dt.time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
    except ValueError:
        return None


def clock_of(programme: Programme, log: IssueLog) -> Clock:
    """Return by which clock a programme's moments are to be read, and note what is odd about it."""
    moments = [(slot, m) for slot in programme.slots if (m := moment_in(slot.record.get("date")))]
    name = _zone_name(programme, log)
    is_local_as_utc = bool(name) and not programme.is_in_utc and _are_local_as_utc(moments, name)
    if is_local_as_utc:
        log.add(findings.LOCAL_TIME_AS_UTC, name, "date")
    elif name and not programme.is_in_utc:
        _note_disagreement(moments, name, log)
    guessed = "" if name or programme.is_in_utc else _guessed_zone(moments, log)
    clock = Clock(
        name or guessed,
        bool(guessed),
        is_local_as_utc,
        clock_in(programme.conference.get("day_change")) or dt.time(0),
        _spans(programme.days),
    )
    shown = [clock.local(moment) for _slot, moment in moments]
    busy = frozenset(local.date() for local in shown if local.time() >= NIGHT_ENDS)
    return Clock(**{**clock.__dict__, "busy_days": busy})


def start_of(slot: Slot, clock: Clock, log: IssueLog) -> Start:
    """Return when a slot begins, and note what cannot be read or is not clear."""
    said = slot.record.get("date")
    moment = moment_in(said)
    if said and moment is None and not (day_in(said) and len(str(said).strip()) == 10):
        log.add(findings.DATE_UNREADABLE, said, slot.at("date"))
    if moment and clock.is_local_as_utc:
        moment = moment.replace(tzinfo=None)
    programme_day = day_in(slot.day)
    if moment is None:
        moment = _of_clock(slot, programme_day or day_in(said), clock, log)
    if moment is None:
        day = programme_day or day_in(said)
        log.add(findings.NO_START if day else findings.UNDATED, location=slot.at("date"))
        return Start(day)
    if moment.tzinfo is None:
        return _of_naive(moment, programme_day, slot, clock, log)
    return Start(programme_day or _day_of(moment, clock), moment.astimezone(dt.UTC))


def duration_of(slot: Slot, log: IssueLog) -> Record:
    """Return `duration` in seconds: from the end where the file has one, else as it is written."""
    start, end = (moment_in(slot.record.get(key)) for key in ("date", "end"))
    if start and end and bool(start.tzinfo) == bool(end.tzinfo):
        if dt.timedelta(0) < end - start <= LONGEST:
            return {"duration": int((end - start).total_seconds())}
        log.add(findings.END_UNUSABLE, slot.record.get("end"), slot.at("end"))
    said = text_under(slot.record, "duration", log, slot.at("duration"))
    if said is None:
        return {}
    length = _length(said)
    if length is None or not dt.timedelta(0) < length <= LONGEST:
        log.add(findings.DURATION_UNUSABLE, said, slot.at("duration"))
        return {}
    return {"duration": int(length.total_seconds())}


def _length(text: str) -> dt.timedelta | None:
    """Return a length: '45' minutes, '1:30' hours; of three numbers the first are hours.

    pretalx writes days first, but only for what lasts a day or more, which no talk does: where
    hours, minutes and seconds would last longer than a day, it is that.
    """
    length = length_of(text)
    found = _DAYS_LONG.match(text.strip())
    if found and length and length > LONGEST:
        days, hours, minutes = (int(part) for part in found.groups())
        return dt.timedelta(days=days, hours=hours, minutes=minutes)
    return length


def _zone_name(programme: Programme, log: IssueLog) -> str:
    name = plain(programme.conference, "time_zone_name")
    if name and name not in available_timezones():
        log.add(findings.TIME_ZONE_UNKNOWN, name, "time_zone_name")
        return ""
    return name


def _guessed_zone(moments: list[tuple[Slot, dt.datetime]], log: IssueLog) -> str:
    """Return the one offset of all moments; several are no zone."""
    found = (moment.utcoffset() for _slot, moment in moments)
    offsets = sorted({offset_name(offset) for offset in found if offset is not None})
    if len(offsets) > 1:
        log.add(findings.OFFSETS_DIFFER, ", ".join(offsets), "date")
    if len(offsets) != 1:
        return ""
    log.add(findings.TIME_ZONE_GUESSED, offsets[0], "date")
    return offsets[0]


def _are_local_as_utc(moments: list[tuple[Slot, dt.datetime]], name: str) -> bool:
    """Tell whether every moment is marked as UTC and shows the start on the clock of the place."""
    zone = time_zone_of(name)
    aware = [(slot, moment) for slot, moment in moments if moment.tzinfo]
    return bool(aware) and all(
        not moment.utcoffset()
        and moment.astimezone(zone).utcoffset()
        and clock_in(slot.record.get("start")) == moment.time()
        for slot, moment in aware
    )


def _note_disagreement(moments: list[tuple[Slot, dt.datetime]], name: str, log: IssueLog) -> None:
    zone = time_zone_of(name)
    for slot, moment in moments:
        offset = moment.utcoffset()
        if offset is not None and moment.astimezone(zone).utcoffset() != offset:
            log.add(findings.ZONE_DISAGREES, f"{name}, {offset_name(offset)}", slot.at("date"))
            return


def _spans(days: list[Record]) -> tuple[tuple[dt.date, dt.datetime, dt.datetime], ...]:
    found = (
        (day_in(day.get("date")), moment_in(day.get("start")), moment_in(day.get("end")))
        for day in days
    )
    return tuple(
        (day, start, end)
        for day, start, end in found
        if day and start and end and start.tzinfo and end.tzinfo
    )


def _of_clock(slot: Slot, day: dt.date | None, clock: Clock, log: IssueLog) -> dt.datetime | None:
    """Return the time of day that the slot names, on its day, or in the night after that."""
    said = slot.record.get("start")
    time = clock_in(said)
    if said and time is None:
        log.add(findings.DATE_UNREADABLE, said, slot.at("start"))
    if day is None or time is None:
        return None
    is_after_midnight = bool(slot.day) and time < clock.day_change
    moment = dt.datetime.combine(day + DAY if is_after_midnight else day, time)
    return moment if is_within(moment) else None


def _of_naive(
    shown: dt.datetime, programme_day: dt.date | None, slot: Slot, clock: Clock, log: IssueLog
) -> Start:
    if clock.zone is None:
        return Start(programme_day or _night_of(shown, clock), is_naive=True)
    found = moments_of(shown, clock.zone)
    if len(found) != 1:
        odd = findings.CLOCK_REPEATED if found else findings.CLOCK_MISSING
        log.add(odd, shown.isoformat(" "), slot.at("date"))
    moment = found[0] if found else shown.replace(tzinfo=clock.zone).astimezone(dt.UTC)
    return Start(programme_day or _day_of(moment, clock), moment)


def _day_of(moment: dt.datetime, clock: Clock) -> dt.date:
    """Return the day of the programme to which a moment belongs."""
    for day, start, end in clock.spans:
        if start <= moment < end:
            return day
    return _night_of(clock.local(moment), clock)


def _night_of(shown: dt.datetime, clock: Clock) -> dt.date:
    before = shown.date() - DAY
    return before if shown.time() < NIGHT_ENDS and before in clock.busy_days else shown.date()
