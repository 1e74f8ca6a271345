"""What a programme says about its conference, and what that is known by."""

import datetime as dt
from collections.abc import Iterable

from exchange.files.addresses import address_in_file
from exchange.files.bounds import bounded
from exchange.report import IssueLog
from exchange.sources.schedule import findings
from exchange.sources.schedule.links import is_local
from exchange.sources.schedule.programme import Programme, Record, plain
from exchange.sources.schedule.times import Clock, day_in
from foundation.text.names import clean_line, clean_text, name_key
from foundation.text.slugs import slug_of

TITLE_MAX_LENGTH = 300
CITY_MAX_LENGTH = 100
DESCRIPTION_MAX_LENGTH = 100_000
# The first that is there and leads to the public; an address of an interface is nobody's website.
_WEBSITES = ("url", "schedule_url", "base_url")


def conference_name(conference: Record, first_day: dt.date | None, fallback: str) -> str:
    """Return what the conference is known by: its acronym with the year, 'leafcon-2022'.

    The acronym alone names all its years. A file that names no conference is known by its own
    name, whatever days it has so far.
    """
    text = plain(conference, "acronym") or plain(conference, "title")
    if not text:
        return fallback
    stem = slug_of(text, fallback="conference")
    year = str(first_day.year) if first_day else ""
    return stem if not year or year in stem else f"{stem[:110]}-{year}"


def conference_fields(
    programme: Programme, clock: Clock, days: Iterable[dt.date], log: IssueLog
) -> Record:
    """Return the conference's fields; `days` are those on which something is given."""
    said = programme.conference
    line = bounded(clean_line(plain(said, "title")), TITLE_MAX_LENGTH, log, "title")
    zone = {"time_zone": clock.zone_name, "time_zone_guessed": clock.is_guessed}
    return {
        **({"title": line} if name_key(line) else {}),
        **_description(said, log),
        **_website(said, log),
        **_city(said, log),
        **_dates(programme, sorted(days), log),
        **(zone if clock.zone_name else {}),
    }


def first_day(programme: Programme, days: Iterable[dt.date]) -> dt.date | None:
    """Return the first day on which something is given, else the first that the file names."""
    named = (day_in(day.get("date")) for day in programme.days)
    found = sorted(days) or sorted(day for day in named if day)
    return found[0] if found else day_in(programme.conference.get("start"))


def base_of(conference: Record) -> str:
    """Return the address that the file's relative ones belong to; '' where it is unusable."""
    url = address_in_file(plain(conference, "base_url")).url
    return "" if not url or is_local(url) else url


def _description(said: Record, log: IssueLog) -> Record:
    if "description" not in said:
        return {}
    text = clean_text(plain(said, "description"))
    return {"description": bounded(text, DESCRIPTION_MAX_LENGTH, log, "description")}


def _website(said: Record, log: IssueLog) -> Record:
    for key in _WEBSITES:
        raw = plain(said, key)
        url = address_in_file(raw).url if raw else ""
        if url and is_local(url):
            log.add(findings.WEBSITE_LOCAL, url, key)
        elif url and "/api/" not in url:
            return {"website": url}
    return {}


def _city(said: Record, log: IssueLog) -> Record:
    city = clean_line(plain(said, "city"))
    return {"city": bounded(city, CITY_MAX_LENGTH, log, "city")} if city else {}


def _dates(programme: Programme, days: list[dt.date], log: IssueLog) -> Record:
    """Return the days on which something is given, else those of the file, else those it says."""
    named = [day for entry in programme.days if (day := day_in(entry.get("date")))]
    said = [day for key in ("start", "end") if (day := day_in(programme.conference.get(key)))]
    found = days or named or said
    if not found:
        return {}
    first, last = min(found), max(found)
    if len(said) == 2 and found is not said and (said[0], said[1]) != (first, last):
        log.add(findings.RANGE_DISAGREES, f"{said[0]}–{said[1]}, {first}–{last}", "start")
    return {
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "dates_estimated": False,
    }
