"""Conferences as machines read them (schema.org). No query here."""

from conferences.models import Conference
from notes_site.json_ld import Thing, at_site, known


def conference_event(conference: Conference, *, with_series: bool) -> Thing:
    """Return a conference as an event; `with_series` where its series is loaded.

    Estimated dates are not told.
    """
    is_dated = conference.starts_on and not conference.dates_estimated
    series = conference.series if with_series else None
    return known(
        type_="Event",
        id_=event_id(conference),
        name=conference.title,
        url=at_site(conference),
        startDate=conference.starts_on.isoformat() if is_dated and conference.starts_on else "",
        endDate=conference.ends_on.isoformat() if is_dated and conference.ends_on else "",
        location=place_of(conference),
        superEvent=series and known(type_="EventSeries", name=series.title, url=at_site(series)),
    )


def event_id(row: object) -> str:
    """Return by what things name the event that a row's page is about."""
    return f"{at_site(row)}#event"


def place_of(conference: Conference, *, room: str = "") -> Thing:
    """Return where a conference is, or a room of it; nothing where that is not known."""
    if not conference.place:
        return known(type_="Place", name=room) if room else {}
    address = known(
        type_="PostalAddress",
        addressLocality=conference.city,
        addressCountry=conference.country,
    )
    return known(type_="Place", name=room or conference.place, address=address)
