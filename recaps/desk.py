"""A person's desk (dashboard), the admin's first page: their drafts, today's talks, waiting tasks.
Read-only.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import QuerySet

from accounts.models import User
from conferences.models import Conference
from recaps.drafts import unsaved_of_author
from recaps.models import FollowUp, Recap, WorkingCopy
from recaps.states import may_publish
from talks.models import Talk, TalkQuerySet

DRAFTS_SHOWN = 10
SUBMITTED_SHOWN = 10
WAITING_SHOWN = 12
FOLLOW_UPS_SHOWN = 8
PUBLISHED_SHOWN = 6
CONFERENCES_SHOWN = 5
ON_AT_ONCE = 3
TALKS_OF_TODAY = 200
# How long a talk is taken to last whose programme does not say it.
ASSUMED_LENGTH = dt.timedelta(minutes=30)

Row = TypeVar("Row", Recap, Talk, FollowUp)


@dataclass(frozen=True)
class Few(Generic[Row]):
    """The first rows of a list, and whether there are more."""

    rows: list[Row]
    has_more: bool


@dataclass(frozen=True)
class Today:
    """The talks of a conference's day: current, coming, past."""

    conference: Conference
    day: dt.date
    running: list[Talk]
    coming: list[Talk]
    over: list[Talk]


@dataclass(frozen=True)
class Desk:
    """What the page shows. `submitted` is None for people who may not publish; lists
    are bounded.

    `conferences` are those the person wrote about last; the talks of `conference` without a recap
    by the person are `waiting`. `has_talks` is whether any talk could be waiting.
    """

    may_write: bool
    may_see_talks: bool
    unsaved: list[WorkingCopy]
    drafts: Few[Recap]
    submitted: Few[Recap] | None
    today: list[Today]
    conferences: list[Conference]
    conference: Conference | None
    waiting: Few[Talk]
    has_talks: bool
    follow_ups: Few[FollowUp]
    published: list[Recap]

    @property
    def leaves_out_today(self) -> bool:
        """Whether `waiting` leaves out the talks of today, which `today` lists."""
        return self.conference in [today.conference for today in self.today]


def desk_of(person: User, *, now: dt.datetime, chosen: str = "") -> Desk | None:
    """Return a person's desk at a moment; None if they have none.

    Args:
        person: the signed-in user. Without a permission on recaps they have no desk.
        chosen: the id of the conference whose talks without notes are listed, from the query
            string. If invalid, it is the current conference, or else the last one written about.

    Seventeen queries at most, whatever the number of rows, and those of the person's permissions.
    """
    if not _has_desk(person):
        return None
    own = Recap.objects.by_author(person)
    noted = _in_order(own.kept().last_conferences(CONFERENCES_SHOWN))
    on_now = _with_known_first(Conference.objects.on_at(now), noted)[:ON_AT_ONCE]
    conference = _conference(chosen, [*on_now, *noted])
    talks = _talks_apart_from_today(conference, now if conference in on_now else None)
    waiting = _few(talks.without_recap_by(person).for_desk(person), WAITING_SHOWN)
    return Desk(
        may_write=person.has_perm("recaps.add_recap"),
        may_see_talks=person.has_perm("talks.view_talk"),
        unsaved=unsaved_of_author(person),
        drafts=_few(own.unfinished().last_changed_first().with_subjects(), DRAFTS_SHOWN),
        submitted=_submitted() if may_publish(person) else None,
        today=_today(on_now, person, now),
        conferences=list(dict.fromkeys([*on_now, *noted])),
        conference=conference,
        waiting=waiting,
        has_talks=bool(waiting.rows) or talks.exists(),
        follow_ups=_few(_follow_ups(person), FOLLOW_UPS_SHOWN),
        published=list(Recap.objects.published().newest_first().with_subjects()[:PUBLISHED_SHOWN]),
    )


def _has_desk(person: User) -> bool:
    return any(person.has_perm(f"recaps.{deed}_recap") for deed in ("view", "add", "change"))


def _with_known_first(conferences: list[Conference], known: list[Conference]) -> list[Conference]:
    return sorted(conferences, key=lambda conference: conference not in known)


def _few(rows: QuerySet[Row], most: int) -> Few[Row]:
    found = list(rows[: most + 1])
    return Few(found[:most], has_more=len(found) > most)


def _submitted() -> Few[Recap]:
    return _few(Recap.objects.submitted().submitted_first().with_subjects(), SUBMITTED_SHOWN)


def _follow_ups(person: User) -> QuerySet[FollowUp]:
    return FollowUp.objects.by_author(person).still_open().newest_first().with_recaps()


def _in_order(ids: list[int]) -> list[Conference]:
    rows = Conference.objects.defer("description").in_bulk(ids)
    return [rows[pk] for pk in ids]


def _conference(chosen: str, known: list[Conference]) -> Conference | None:
    """Return the chosen conference, or the first that is relevant to the person."""
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        return next(iter(known), None)
    found = next((one for one in known if str(one.pk) == chosen), None)
    found = found or Conference.objects.defer("description").filter(pk=chosen).first()
    return found or next(iter(known), None)


def _talks_apart_from_today(conference: Conference | None, now: dt.datetime | None) -> TalkQuerySet:
    """Return the talks of a conference; without today's talks if it is running."""
    if conference is None:
        return Talk.objects.none()
    talks = Talk.objects.of_conference(conference.pk).taking_place()
    return talks.not_on(conference.day_at(now)) if now else talks


def _today(on_now: list[Conference], person: User, now: dt.datetime) -> list[Today]:
    days = [(conference, conference.day_at(now)) for conference in on_now]
    talks = Talk.objects.of_days(days).taking_place().for_desk(person)[:TALKS_OF_TODAY]
    return [_day_of(conference, day, talks, now) for conference, day in days]


def _day_of(conference: Conference, day: dt.date, talks: Iterable[Talk], now: dt.datetime) -> Today:
    """Return one conference's day. Talks without a time count as coming."""
    parts: dict[str, list[Talk]] = {"running": [], "coming": [], "over": []}
    for talk in talks:
        if talk.conference_id == conference.pk:
            parts[_when(talk, now)].append(talk)
    return Today(conference, day, **parts)


def _when(talk: Talk, now: dt.datetime) -> str:
    if talk.starts_at is None or talk.starts_at > now:
        return "coming"
    ends_at = talk.starts_at + (talk.duration or ASSUMED_LENGTH)
    return "running" if now < ends_at else "over"
