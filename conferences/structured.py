"""schema.org data of conferences, for JSON-LD. No queries.

An event is described only if its day and its place are known, which consumers of events require;
estimated dates are not known.
"""

from conferences.models import Conference
from foundation.pages.json_ld import Thing, at_site, known


def conference_event(conference: Conference) -> Thing:
    """Return a conference as an Event; empty if its first day or its place is unknown."""
    first, last = conference.starts_on, conference.ends_on
    if not first or conference.dates_estimated or not conference.place:
        return {}
    return known(
        type_="Event",
        id_=event_id(conference),
        name=conference.title,
        url=at_site(conference),
        startDate=first.isoformat(),
        endDate=last.isoformat() if last else "",
        location=place_of(conference),
    )


def event_id(row: object) -> str:
    """Return the `@id` of the event that a row's page is about."""
    return f"{at_site(row)}#event"


def place_of(conference: Conference, *, room: str = "") -> Thing:
    """Return the Place of a conference, or of a room; its city or country must be known."""
    address = known(
        type_="PostalAddress",
        addressLocality=conference.city,
        addressCountry=conference.country,
    )
    return known(type_="Place", name=room or conference.place, address=address)
