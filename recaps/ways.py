"""Links from a public page into the admin: write a recap, edit what is shown.

The public page is the same for everybody and cached; a script fetches these links
(`static/js/ways.js`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.db.models import Model
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from conferences.models import Conference
from recaps.models import Recap
from recaps.models.recap_queryset import RecapQuerySet
from recaps.states import may_edit
from talks.models import Talk


@dataclass(frozen=True)
class Way:
    """A link into the admin. `at` is the id of the recap it belongs to on the page, else ''."""

    words: str
    href: str
    at: str = ""


def ways_from(user: Any, path: str) -> list[Way]:
    """Return the links for a person on the public page with this path; none on other pages."""
    try:
        page = resolve(unquote(path))
    except (Resolver404, ValueError):
        return []
    found = _WAYS.get(page.url_name or "")
    return list(found(user, **page.kwargs)) if found else []


def _from_talk(user: Any, conference_slug: str, talk_slug: str) -> Iterator[Way]:
    talk = Talk.objects.at_address(conference_slug, talk_slug).first()
    if talk is not None:
        yield from _to_write(user, talk.recaps.kept().by_author(user), f"talk={talk.pk}")
        yield from _to_edit(user, talk, _("Edit this talk"))
        yield from _to_recaps(user, talk.recaps.published())


def _from_conference(user: Any, conference_slug: str) -> Iterator[Way]:
    conference = Conference.objects.filter(slug=conference_slug).first()
    if conference is not None:
        # Somebody may write several of one conference: its parts.
        yield from _to_write(user, Recap.objects.none(), f"conference={conference.pk}")
        yield from _to_edit(user, conference, _("Edit this conference"))


def _from_recap(user: Any, recap_slug: str) -> Iterator[Way]:
    yield from _to_recaps(user, Recap.objects.published().filter(slug=recap_slug))


def _to_write(user: Any, own: RecapQuerySet, subject: str) -> Iterator[Way]:
    """Link to the form of a new recap, or to the person's own recap if there is one."""
    if not user.has_perm("recaps.add_recap"):
        return
    recaps = list(own.last_changed_first()[:1])
    if not recaps:
        yield Way(_("Write a recap"), f"{reverse('admin:recaps_recap_add')}?{subject}")
    elif not recaps[0].is_public and may_edit(user, recaps[0]):
        yield Way(_("Go on with your recap"), _form_of(recaps[0]))


def _to_edit(user: Any, row: Model, words: str) -> Iterator[Way]:
    if user.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}"):
        yield Way(words, _form_of(row))


def _to_recaps(user: Any, recaps: Iterable[Recap]) -> Iterator[Way]:
    if user.has_perm("recaps.change_recap"):
        for recap in recaps:
            if may_edit(user, recap):
                yield Way(_("Edit"), _form_of(recap), at=f"recap-{recap.slug}")


def _form_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


_WAYS: dict[str, Callable[..., Iterator[Way]]] = {
    "talk": _from_talk,
    "conference": _from_conference,
    "recap": _from_recap,
}
