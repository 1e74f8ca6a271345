"""The filter `when`: when a talk is given, as pages say it. No queries."""

from django import template

from talks.models import Talk
from talks.timing import When, when_given

register = template.Library()


@register.filter
def when(talk: Talk) -> When:
    """Return the texts for a talk's day and start (`talks.timing`)."""
    return when_given(talk)
