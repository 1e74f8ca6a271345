"""The HTML sanitiser: its allow-lists, and the only functions that mark HTML as safe."""

from collections.abc import Callable

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.text.image_names import MOST_HEIGHT, MOST_WIDTH, read_address
from foundation.text.markdown.blocks.highlighting import CODE_CLASSES
from foundation.text.markdown.blocks.tables import ALIGNMENTS, BOX
from foundation.text.markdown.ids import ID_PREFIX
from foundation.text.names import without_controls

_TAGS = set(
    "a abbr blockquote br code del details em figcaption figure h3 h4 h5 h6 hr img input kbd label"  # noqa: SIM905 -- reads better
    " li ol p pre s section span strong sub summary sup table tbody td th thead tr ul".split()
)
# In foreign HTML they would load from another host, or be a form.
_MADE_BY_MARKDOWN = {"figcaption", "figure", "img", "input", "label"}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "code": {"class"},
    "details": {"open"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "input": {"type", "checked", "disabled", "class"},
    "label": {"class"},
    "li": {"id", "class"},
    "ol": {"start", "class"},
    "section": {"class"},
    "span": {"class", "id", "title"},
    "sup": {"class", "id"},
    "td": {"class"},
    "th": {"class"},
    "ul": {"class"},
}
# Foreign HTML has neither the box that scrolls a table, nor what scripts act on.
_OUR_TAGS = _TAGS | {"div"}
_OUR_ATTRIBUTES = {
    **_ATTRIBUTES,
    "a": {*_ATTRIBUTES["a"], "aria-label", "data-seconds"},
    "div": {"class"},
    "ol": {*_ATTRIBUTES["ol"], "aria-label"},
}
# What scrolls in its own box must be reached by keyboard.
_SCROLLS = {"tabindex": "0"}
_SCHEMES = {"http", "https", "mailto"}
_REL = "noopener nofollow"
_CLASSES = {
    *ALIGNMENTS,
    BOX,
    "ambiguous-link",
    "contains-task-list",
    "footnote-backref",
    "footnote-item",
    "footnote-ref",
    "footnotes",
    "footnotes-list",
    "missing-alt",
    "task-list-item",
    "task-list-item-checkbox",
    "timestamp",
    "unknown-link",
}


def _is_number(value: str, most: int = 10**9) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10 and int(value) <= most


# Attributes whose every value is looked at.
_VALUES: dict[tuple[str, str], Callable[[str], object]] = {
    ("a", "data-seconds"): _is_number,
    ("details", "open"): {"", "open"}.__contains__,
    ("img", "src"): read_address,
    ("img", "width"): lambda value: _is_number(value, MOST_WIDTH),
    ("img", "height"): lambda value: _is_number(value, MOST_HEIGHT),
    ("img", "loading"): "lazy".__eq__,
    ("img", "decoding"): "async".__eq__,
    ("input", "type"): "checkbox".__eq__,
}


def cleaned(html: str) -> SafeString:
    """Sanitise HTML that was rendered from Markdown."""
    return stored_html(
        nh3.clean(
            html,
            tags=_OUR_TAGS,
            attributes=_OUR_ATTRIBUTES,
            set_tag_attribute_values={"div": _SCROLLS, "pre": _SCROLLS},
            attribute_filter=_keep_attribute,
            url_schemes=_SCHEMES,
            link_rel=_REL,
        )
    )


def stored_html(html: str) -> SafeString:
    """Mark stored HTML as safe; only for HTML that `cleaned` made."""
    return mark_safe(html)  # noqa: S308 -- nh3 has removed everything that is not on its lists


def clean_html(html: str) -> SafeString:
    """Sanitise foreign HTML; its links are treated like those of Markdown."""
    return stored_html(
        nh3.clean(
            without_controls(html),
            tags=_TAGS - _MADE_BY_MARKDOWN,
            attributes=_ATTRIBUTES,
            set_tag_attribute_values={"pre": _SCROLLS, "table": _SCROLLS},
            attribute_filter=_keep_attribute,
            url_schemes=_SCHEMES,
            link_rel=_REL,
        )
    )


def render_plain(text: str) -> SafeString:
    """Render plain text as paragraphs with line breaks; everything in it is escaped."""
    paragraphs = [part.strip() for part in without_controls(text).split("\n\n") if part.strip()]
    html = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    return mark_safe(html)  # noqa: S308 -- every paragraph is escaped in the line above


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(c for c in value.split() if _is_known_class(tag, c)) or None
    allowed = _VALUES.get((tag, attribute))
    if allowed:
        return value if allowed(value) else None
    if attribute == "id":
        return value if value.startswith(ID_PREFIX) else ID_PREFIX + value
    if (tag, attribute) == ("a", "href") and value.startswith("#"):
        return f"#{ID_PREFIX}{value[1:]}"
    return value


def _is_known_class(tag: str, name: str) -> bool:
    if tag == "span" and name in CODE_CLASSES:
        return True
    if tag == "code" and name.startswith("language-") and len(name) < 40:
        return True
    return name in _CLASSES
