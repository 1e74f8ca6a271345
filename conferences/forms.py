"""Admin forms of conferences and series."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.time_zones import TalkTimes, TimeZoneChange, read_off_a_clock
from foundation.admin.namesakes import NamesakesForm
from talks.doubts import FAR, days_in_words, likely_days


class SeriesForm(NamesakesForm):
    """Form of a series."""

    slug_fallback = "series"


class HowField(forms.ChoiceField):
    """Choice of how to apply a change. It is no column, so it never counts as changed or in
    conflict.
    """

    is_of_the_row = False
    widget = forms.RadioSelect

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ConferenceForm(NamesakesForm):
    """Form of a conference. If its talks have times, it asks what happens to them in another time
    zone.
    """

    slug_fallback = "conference"
    talk_times = HowField(
        label=_("In another time zone, the talks keep"),
        choices=TalkTimes,
        initial=TalkTimes.CLOCK,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "talk_times" in self.fields:
            self.fields["talk_times"].help_text = _what_will_happen(self.instance)

    def doubts(self) -> list[str]:
        """Return warnings about talks outside the days, and about too many days. Two queries if
        days changed.
        """
        changed = {"starts_on", "ends_on", "dates_estimated"} & set(self.changed_data)
        days = likely_days(self.instance) if changed else None
        return [said for said in (_too_long(self.instance), _elsewhen(self.instance, days)) if said]

    @property
    def kept(self) -> TalkTimes:
        """Return what the talks keep: their local times, unless the person chose otherwise."""
        return TalkTimes(self.cleaned_data.get("talk_times") or TalkTimes.CLOCK)


def _too_long(conference: Conference) -> str:
    first, last = conference.starts_on, conference.ends_on
    if first is None or last is None or last - first < FAR:
        return ""
    said = gettext("The conference lasts longer than a year: %(days)s.")
    return said % {"days": days_in_words(conference)}


def _elsewhen(conference: Conference, days: tuple[dt.date, dt.date] | None) -> str:
    """Return how many talks are on none of the days, and the first of them."""
    others: Any = conference.talks.not_within(*days) if days else conference.talks.none()
    number, talk = others.count(), others.order_by("given_on", "id").first()
    if talk is None:
        return ""
    said = ngettext(
        "%(n)d talk is on none of the days, %(days)s: “%(talk)s”, on %(day)s.",
        "%(n)d talks are on none of the days, %(days)s. The first is “%(talk)s”, on %(day)s.",
        number,
    )
    day = date_format(talk.given_on)
    return said % {"n": number, "days": days_in_words(conference), "talk": talk, "day": day}


def _what_will_happen(conference: Conference) -> str:
    """Return how many talks another time zone changes, and how. Two queries if any talk
    has a time.
    """
    timed = conference.talks.timed().count()
    if not timed:
        return gettext("No talk has a time yet.")
    said = ngettext(
        "%(n)d talk has a time, by the clock of %(zone)s. Kept on the clock, 10:00 there is 10:00 "
        "in the other zone; kept as a moment, it is shown as what the other clock says then.",
        "%(n)d talks have a time, by the clock of %(zone)s. Kept on the clock, 10:00 there is "
        "10:00 in the other zone; kept as moments, they are shown as what the other clock says "
        "then.",
        timed,
    )
    sentence = said % {"n": timed, "zone": conference.time_zone or "UTC"}
    imported = 0 if conference.time_zone else timed - read_off_a_clock(conference).count()
    return f"{sentence} {_moments_that_stay(imported)}" if imported else sentence


def _moments_that_stay(imported: int) -> str:
    said = ngettext(
        "%(n)d of them came with its moment from an import, and keeps that.",
        "%(n)d of them came with their moments from an import, and keep those.",
        imported,
    )
    return said % {"n": imported}


def what_happened(moved: TimeZoneChange) -> str:
    """Return the message after a change of time zone: what became of the talks' times."""
    names = {"was": moved.was or gettext("unknown"), "is": moved.becomes or gettext("unknown")}
    sentences = [gettext("The time zone was %(was)s and is %(is)s now.") % names]
    if number := moved.on_the_clock:
        said = ngettext(
            "%(n)d talk keeps its time on the clock.",
            "%(n)d talks keep their times on the clock.",
            number,
        )
        sentences.append(said % {"n": number})
    if number := moved.as_moments:
        said = ngettext(
            "%(n)d talk keeps its moment, and is shown by the new clock.",
            "%(n)d talks keep their moments, and are shown by the new clock.",
            number,
        )
        sentences.append(said % {"n": number})
    return " ".join(sentences)
