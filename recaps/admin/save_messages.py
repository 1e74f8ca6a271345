"""What a save did with a recap besides changing it, in a sentence for the person."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recaps.enums import RecapState
from recaps.models import Recap
from recaps.states import Publication


def what_happened(recap: Recap, *, before: Publication) -> str:
    """Return where a saved recap stands now, if it stands elsewhere than before; else nothing.

    A new recap was a draft before.
    """
    now = Publication.of(recap)
    return "" if now == before else _sentence(now)


def _sentence(now: Publication) -> str:
    if now.appears_at:
        when = date_format(timezone.localtime(now.appears_at), "DATETIME_FORMAT")
        return _("It is scheduled: readers will see it from %(when)s on.") % {"when": when}
    sentences = {
        RecapState.DRAFT: _("It is a draft again: readers do not see it."),
        RecapState.SUBMITTED: _("It is submitted: somebody who may publish it will see to it."),
        RecapState.PUBLISHED: _("It is published: readers see it now."),
    }
    return sentences[now.state]
