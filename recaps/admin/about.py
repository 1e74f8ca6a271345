"""The editor's panel about a recap's talk or conference, and its author."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from conferences.models import Conference
from recaps.forms import RecapForm, SubjectForm
from talks.abstracts import abstract_html
from talks.models import Talk

# The fields behind the heading line.
FIELDS = ("title", "talk", "conference", "author")


@dataclass(frozen=True)
class About:
    """The subject of a form: a talk with its conference and speakers, or a conference.

    `is_open` means that the fields behind the summary line are shown.
    """

    talk: Talk | None
    conference: Conference | None
    own_title: str = ""
    author: str = ""
    is_open: bool = False

    @property
    def title(self) -> str:
        """The recap's title, or its subject's if it has none of its own."""
        return self.own_title or str(self.talk.title if self.talk else self.conference)

    @cached_property
    def abstract(self) -> SafeString:
        """The talk's abstract as HTML; empty if there is none."""
        talk = self.talk
        return abstract_html(talk.abstract, talk.abstract_format) if talk else SafeString()


def about_of(form: RecapForm) -> About | None:
    """Return the subject that a form shows; None if none is chosen yet.

    At most three queries for a talk, one for a conference.
    """
    chosen = SubjectForm({name: _shown(form, name) for name in ("talk", "conference")})
    chosen.is_valid()
    talk, conference = (chosen.cleaned_data.get(name) for name in ("talk", "conference"))
    if not (talk or conference):
        return None
    return About(
        talk=talk,
        conference=None if talk else conference,
        own_title=str(_shown(form, "title") or ""),
        author=str(form.instance.author) if form.instance.author_id else "",
        is_open=form.moved is not None or any(name in form.errors for name in FIELDS),
    )


def _shown(form: RecapForm, name: str) -> Any:
    """Return the value that the form shows for a field, also for a read-only one."""
    if name in form.fields:
        return form[name].value()
    return getattr(form.instance, f"{name}_id", getattr(form.instance, name))
