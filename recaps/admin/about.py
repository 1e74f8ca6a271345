"""What the editor shows of the talk or conference that a recap is about, and of whose it is."""

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
    """What a form is about: a talk, with its conference and speakers, or a conference.

    `is_open` tells that the person has to see the fields behind the line.
    """

    talk: Talk | None
    conference: Conference | None
    own_title: str = ""
    author: str = ""
    is_open: bool = False

    @property
    def title(self) -> str:
        """The recap's title, or its subject's where it has none of its own."""
        return self.own_title or str(self.talk.title if self.talk else self.conference)

    @cached_property
    def abstract(self) -> SafeString:
        """The talk's abstract as HTML; empty where there is none."""
        talk = self.talk
        return abstract_html(talk.abstract, talk.abstract_format) if talk else SafeString()


def about_of(form: RecapForm) -> About | None:
    """Return what a form is about as it shows it; None where that is still to be chosen.

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
    """Return a field's value as the form shows it, also where it can only be read."""
    if name in form.fields:
        return form[name].value()
    return getattr(form.instance, f"{name}_id", getattr(form.instance, name))
