"""The one door from what people write to HTML. Nothing else in the site marks text as safe.

Markdown (CommonMark with tables, strikethrough, footnotes, task lists and bare links) is
rendered by markdown-it-py with raw HTML off, and what comes out is sanitised by nh3 with an
allow-list of elements, attributes and schemes. Headings start at h3, because the page around a
recap has used the levels above. Rendering is total: any text gives a page.
"""

from functools import cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from notes_site.names import without_controls

# Count up when the same source would give other HTML: stored texts are then rebuilt.
RENDERER_VERSION = 1
# From this many quote marks on they stay as typed: pairing them takes quadratic time.
MOST_QUOTE_MARKS = 2_000
# From this cost on (`_cost_of_bare_links`) bare links stay text: a page of them costs far less.
MOST_COSTLY_LINKS = 10_000_000
_BOX = {"class": "task-list-item-checkbox", "disabled": "disabled", "type": "checkbox"}
_TICKED_BOX = {"class": _BOX["class"], "checked": "checked", **_BOX}
_TASK_MARKS = {"[ ] ": _BOX, "[x] ": _TICKED_BOX, "[X] ": _TICKED_BOX}
_FIRST_HEADING = 3
_ID_PREFIX = "note-"

_TAGS = set(
    "a abbr blockquote br code del em h3 h4 h5 h6 hr img input kbd label li ol p pre s section"  # noqa: SIM905 -- reads better
    " strong sub sup table tbody td th thead tr ul".split()
)
# In foreign HTML they would load from another host, or be a form.
_MADE_BY_MARKDOWN = {"img", "input", "label"}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "input": {"type", "checked", "disabled", "class"},
    "label": {"class"},
    "li": {"id", "class"},
    "ol": {"start", "class"},
    "section": {"class"},
    "sup": {"class", "id"},
    "td": {"class"},
    "th": {"class"},
    "ul": {"class"},
}
_SCHEMES = {"http", "https", "mailto"}
_CLASSES = {
    "contains-task-list",
    "footnote-backref",
    "footnote-item",
    "footnote-ref",
    "footnotes",
    "footnotes-list",
    "task-list-item",
    "task-list-item-checkbox",
    "align-left",
    "align-right",
    "align-center",
}


def render_markdown(source: str, *, name: str = "") -> SafeString:
    """Return the sanitised HTML of a Markdown text.

    Args:
        source: the text.
        name: what its footnotes' ids carry, so that texts on one page do not share them.

    Headings become h3 to h6; ids carry a prefix, so that they meet no id of the page; links to
    other hosts say rel="noopener nofollow"; images from other hosts become links to them.
    """
    source = without_controls(source)
    renderer = _renderer(
        smart_quotes=source.count('"') + source.count("'") <= MOST_QUOTE_MARKS,
        bare_links=_cost_of_bare_links(source) <= MOST_COSTLY_LINKS,
    )
    html = renderer.render(source, {"docId": name})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    return stored_html(clean)


def stored_html(html: str) -> SafeString:
    """Return HTML that `render_markdown` made and a row has kept since."""
    return mark_safe(html)  # noqa: S308 -- nh3 has removed everything that is not on its lists


def clean_html(html: str) -> SafeString:
    """Return foreign HTML with what is on our lists alone; links like those of Markdown."""
    return stored_html(
        nh3.clean(
            without_controls(html),
            tags=_TAGS - _MADE_BY_MARKDOWN,
            attributes=_ATTRIBUTES,
            attribute_filter=_keep_attribute,
            url_schemes=_SCHEMES,
            link_rel="noopener nofollow",
        )
    )


def render_plain(text: str) -> SafeString:
    """Return plain text as paragraphs with line breaks; everything in it is escaped."""
    paragraphs = [part.strip() for part in without_controls(text).split("\n\n") if part.strip()]
    html = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    return mark_safe(html)  # noqa: S308 -- every paragraph is escaped in the line above


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        kept = [c for c in value.split() if c in _CLASSES or (tag == "code" and _names_language(c))]
        return " ".join(kept) or None
    if (tag, attribute) == ("input", "type"):
        return value if value == "checkbox" else None
    if attribute == "id":
        return value if value.startswith(_ID_PREFIX) else _ID_PREFIX + value
    if (tag, attribute) == ("a", "href") and value.startswith("#"):
        return f"#{_ID_PREFIX}{value[1:]}"
    return value


def _names_language(name: str) -> bool:
    return name.startswith("language-") and len(name) < 40


def _lower_headings(state: StateCore) -> None:
    """Give headings the levels from h3 on, one step at a time, whatever levels were typed."""
    above: list[int] = []
    for opening, closing in _heading_pairs(state):
        typed = int(opening.tag[1])
        above = [*[level for level in above if level < typed], typed]
        opening.tag = closing.tag = f"h{min(len(above) + _FIRST_HEADING - 1, 6)}"


def _heading_pairs(state: StateCore) -> list[tuple[Any, Any]]:
    tokens = state.tokens
    pairs = zip(tokens, tokens[2:], strict=False)
    return [(first, third) for first, third in pairs if first.type == "heading_open"]


def _align_by_class(state: StateCore) -> None:
    """Turn the style attribute of table cells into a class: the policy forbids inline styles."""
    for token in state.tokens:
        style = token.attrs.pop("style", None) if token.tag in {"td", "th"} else None
        if style:
            token.attrSet("class", f"align-{str(style).removeprefix('text-align:')}")


def _link_images(state: StateCore) -> None:
    """Turn images of other hosts into links: a page of ours loads from no other host."""
    for token in state.tokens:
        for child in token.children or []:
            if child.type == "image" and not _is_own(str(child.attrs.get("src", ""))):
                child.type = "linked_image"


def _is_own(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


def _render_linked_image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    address = str(token.attrs.get("src", ""))
    return f'<a href="{escape(address)}">{escape(token.content or address)}</a>'


def _check_task_items(state: StateCore) -> None:
    """Turn `- [ ] …` and `- [x] …` into boxes that cannot be ticked."""
    lists = []
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type.endswith("_list_open"):
            lists.append(item)
        elif item.type.endswith("_list_close"):
            lists.pop()
        elif item.type == "list_item_open" and paragraph.type == "paragraph_open":
            _mark_task(inline, item, lists[-1])


def _mark_task(inline: Token, item: Token, around: Token) -> None:
    """Put a box in the place of the mark that the line begins with, if it has one."""
    mark = inline.content[:4]
    first, *others = inline.children or [inline]
    if mark not in _TASK_MARKS or first.type != "text" or not first.content.startswith(mark):
        return  # "[x]" may also be a link, and "\\[x]" is text
    first.content = first.content[3:]
    box = Token("task_box", "input", 0, attrs={**_TASK_MARKS[mark]})
    opening, closing = Token("task_open", "label", 1), Token("task_close", "label", -1)
    inline.children = [opening, box, first, *others, closing]
    item.attrSet("class", "task-list-item")
    around.attrSet("class", "contains-task-list")


def _cost_of_bare_links(source: str) -> int:
    """Return about how many characters are read to find the source's bare links.

    Each may be looked for over the whole of its line, which takes quadratic time.
    """
    return sum(line.count("://") * len(line) for line in source.splitlines())


@cache
def _renderer(*, smart_quotes: bool, bare_links: bool) -> MarkdownIt:
    markdown = MarkdownIt(
        "gfm-like", {"html": False, "linkify": bare_links, "typographer": smart_quotes}
    )
    if smart_quotes:
        markdown.enable(["replacements", "smartquotes"])
    markdown.use(footnote_plugin)
    for rule in (_lower_headings, _align_by_class, _link_images, _check_task_items):
        markdown.core.ruler.push(rule.__name__, rule)
    markdown.add_render_rule("linked_image", _render_linked_image)
    return markdown
