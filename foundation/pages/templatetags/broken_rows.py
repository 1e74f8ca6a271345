"""The tag `{% row %}`: leaves out rows that raise when they are rendered; see
`foundation.models.broken_rows`.
"""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString

from foundation.models.broken_rows import DRAWING_FAULTS, MOST_LEFT_OUT, leave_out

register = template.Library()


class RowNode(template.Node):
    """Renders one row; nothing if one of its values cannot be rendered."""

    child_nodelists = ("nodelist",)

    def __init__(self, row: FilterExpression, nodelist: NodeList):
        self.row = row
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        try:
            return self.nodelist.render(context)
        except DRAWING_FAULTS as fault:
            if settings.BROKEN_ROWS_RAISE or _count(context) > MOST_LEFT_OUT:
                raise
            row = self.row.resolve(context)
            leave_out(type(row), row.pk, fault)
            return SafeString("")


def _count(context: Context) -> int:
    """Return how many rows this page has left out so far, this one included."""
    request: Any = getattr(context, "request", None)
    number = getattr(request, "rows_left_out", 0) + 1
    if request is not None:
        request.rows_left_out = number
    return number


@register.tag
def row(parser: Parser, token: Token) -> RowNode:
    """Render one row of a list on its own: {% row talk %} … {% endrow %}."""
    try:
        _name, shown = token.split_contents()
    except ValueError as error:
        raise TemplateSyntaxError("Say which row is drawn: {% row talk %}.") from error
    nodelist = parser.parse(("endrow",))
    parser.delete_first_token()
    return RowNode(parser.compile_filter(shown), nodelist)
