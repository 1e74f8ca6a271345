"""Countries and time zones: valid values and names.

Country codes are ISO 3166-1 alpha-2. django-countries names them; it is not installed as an app,
since its 256 flag images would be among the static files.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import Countries

_OFFSET = re.compile(r"^([+-])([01][0-9]):([0-5][0-9])$")


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless the text is an IANA name or an offset such as +05:30."""
    if not _OFFSET.match(name) and name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone: give an IANA name such as Europe/Berlin, or +05:30."),
            params={"name": name},
            code="invalid",
        )


def time_zone_of(name: str) -> dt.tzinfo:
    """Return the zone of a conference: an IANA zone, a fixed offset, or UTC if it is unknown.

    Names that this machine does not know count as unknown: zones are renamed, and machines differ.
    """
    offset = _OFFSET.match(name)
    if offset:
        sign, hours, minutes = offset.groups()
        length = dt.timedelta(hours=int(hours), minutes=int(minutes))
        return dt.timezone(-length if sign == "-" else length)
    try:
        return ZoneInfo(name) if name else dt.UTC
    except (ValueError, ZoneInfoNotFoundError):
        return dt.UTC


def is_an_offset(offset: dt.timedelta | None) -> bool:
    """Return whether a UTC offset is possible: whole minutes, within the range used on Earth."""
    if offset is None or offset % dt.timedelta(minutes=1):
        return False
    return dt.timedelta(hours=-12) <= offset <= dt.timedelta(hours=14)


def offset_name(offset: dt.timedelta) -> str:
    """Return the spelling of a fixed UTC offset as a conference's time zone."""
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset) // dt.timedelta(minutes=1), 60)
    return f"{'-' if offset < dt.timedelta(0) else '+'}{hours:02d}:{minutes:02d}"


class _Countries(Countries):
    """The countries of ISO 3166-1 by their common names."""

    common_names = True
    override = {
        "BQ": _("Caribbean Netherlands"),
        "BS": _("Bahamas"),
        "CD": _("Congo (Democratic Republic)"),
        "CI": _("Côte d’Ivoire"),
        "FK": _("Falkland Islands"),
        "GS": _("South Georgia and the South Sandwich Islands"),
        "MF": _("Saint Martin"),
        "NR": _("Nauru"),
        "ST": _("São Tomé and Príncipe"),
        "SX": _("Sint Maarten"),
        "US": _("United States"),
        "VG": _("British Virgin Islands"),
        "VI": _("United States Virgin Islands"),
    }


_NAMES: dict[str, Any] = dict(sorted(_Countries().countries.items()))


def countries() -> list[tuple[str, Any]]:
    """Return (code, name) pairs as choices of a field."""
    return list(_NAMES.items())


def country_name(code: str) -> str:
    """Return a country's name in the reader's language, the code itself if it is unknown.

    `get_country_display` would translate the names of all countries to tell one.
    """
    return str(_NAMES.get(code, code))


def country_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return (code, name) pairs of these countries, by name in the reader's language."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])
