"""The site's time zone is another one, and clocks change: rows and months stay what they were."""

import re
import time
import uuid

from faults.client import Client
from faults.database import wait_until
from faults.fault import Effort, Fault, Outcome
from faults.site import Site
from faults.traffic import FORM, Writing

# Ahead of the site's own, behind it, and its own at last.
ZONES = ("Pacific/Auckland", "America/New_York", "UTC")
# 1 July in the first, 30 June in the others.
_AT_THE_EDGE = "2017-06-30 22:30:00+00"
_MONTH = {"Pacific/Auckland": "2017/07"}
# Half past one comes twice in New York on 3 November 2024: once at each of these.
_TWICE = ("2024-11-03 05:30:00.123456+00", "2024-11-03 06:30:00.123456+00")
_ROWS = "SELECT md5(string_agg(r::text, '' ORDER BY id)) FROM {} AS r"
_PUBLISH = "UPDATE recaps_recap SET status = 'published', published_at = {} WHERE slug = %s"
_MONTHS = re.compile(r'href="(/archive/talks/\d{4}/\d{2}/)"')


class OtherZones(Fault):
    """Talks stay in their month, recaps go by the site's zone, and a scheduled one comes once."""

    number, name = "F17", "other time zones, the hour that comes twice"

    def run(self, site: Site, effort: Effort) -> Outcome:
        outcome, self._mark = Outcome(), uuid.uuid4().hex
        for slug in (self._slug("edge"), self._slug("twice")):
            Writing(site, site.person()).save(slug)
        self._publish(site, "edge", _AT_THE_EDGE)
        rows, months = self._rows(site), set()
        zones = ZONES if effort.is_whole else ZONES[::2]
        for zone in zones:
            site.restart(TIME_ZONE=zone)
            months.add(self._months_of_talks(site))
            self._expect_month_of_recap(site, zone, outcome)
            outcome.expect_equal(f"rows in {zone}", self._rows(site), rows)
            self._expect_scheduled_once(site, zone, outcome)
            self._expect_kept_moment(site, zone, outcome)
            rows = self._rows(site)
        outcome.expect(len(months) == 1 and all(months), "talks are in other months")
        outcome.readers = f"the same in {len(zones)} zones"
        return outcome

    def _slug(self, word: str) -> str:
        return f"{word}-{self._mark}"

    def _publish(self, site: Site, word: str, moment: str) -> None:
        site.database.ask(_PUBLISH.format("%s::timestamptz"), moment, self._slug(word))

    def _rows(self, site: Site) -> tuple[str, ...]:
        tables = ("recaps_recap", "talks_talk", "conferences_conference")
        return tuple(site.database.value(_ROWS.format(table)) for table in tables)

    def _months_of_talks(self, site: Site) -> tuple[str, ...]:
        return tuple(_MONTHS.findall(Client(site.port).get("/archive/talks/").text))

    def _expect_month_of_recap(self, site: Site, zone: str, outcome: Outcome) -> None:
        month = _MONTH.get(zone, "2017/06")
        page = Client(site.port).get(f"/archive/{month}/").text
        outcome.expect(self._slug("edge") in page, f"in {zone} the recap is not in {month}")

    def _expect_scheduled_once(self, site: Site, zone: str, outcome: Outcome) -> None:
        """Schedule a recap for a moment from now, and see it appear, once in the feed."""
        slug, reader = f"soon-{uuid.uuid4().hex}", Client(site.port)
        Writing(site, site.person()).save(slug)
        site.database.ask(_PUBLISH.format("now() + interval '3 s'"), slug)
        outcome.expect_equal(f"before, in {zone}", reader.get(f"/recaps/{slug}/").status, 404)
        began = time.monotonic()
        wait_until(lambda: reader.get(f"/recaps/{slug}/").status == 200, what="a scheduled recap")
        outcome.expect(time.monotonic() - began > 1, f"in {zone} the recap was there at once")
        entries = reader.get("/feeds/recaps.atom").text.split("<entry")
        times = sum(slug in entry for entry in entries)
        outcome.expect_equal(f"entries of the feed in {zone}", times, 1)

    def _expect_kept_moment(self, site: Site, zone: str, outcome: Outcome) -> None:
        """Save a recap whose moment comes twice on the clock: it stays that very moment."""
        slug = self._slug("twice")
        page = site.database.value("SELECT id FROM recaps_recap WHERE slug = %s", slug)
        address, client = f"/admin/recaps/recap/{page}/change/", site.person()
        for moment in _TWICE:
            self._publish(site, "twice", moment)
            sent = {**client.form(address, FORM), "body": f"Saved in {zone}, {moment}."}
            outcome.expect_equal(f"a save in {zone}", client.post(address, sent).status, 302)
            kept = "SELECT published_at = %s::timestamptz FROM recaps_recap WHERE slug = %s"
            outcome.expect(site.database.value(kept, moment, slug), f"{moment} moved in {zone}")
