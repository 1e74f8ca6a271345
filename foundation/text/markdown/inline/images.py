"""Images: those of the site are shown, all others become links.

A page loads nothing from other hosts, and of the site's own URLs an image may only load an image. A
shown image loads lazily, has its size, and links to its full size. One with a title, alone in its
paragraph, becomes a figure with a caption. A preview marks images without alternative text.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from foundation.text.image_names import ImageName, read_address
from foundation.text.markdown.plain_text import plain_text

_MARKS = re.compile(r"([\\`*_~\[\]<|]|&(?=[#\w]+;))")


def images_plugin(markdown: MarkdownIt) -> None:
    """Show images of the site; turn others into links."""
    markdown.core.ruler.push("link_images", _link_images)
    markdown.core.ruler.push("caption_images", _caption_images)
    markdown.add_render_rule("image", _render_image)
    markdown.add_render_rule("linked_image", _render_linked_image)


def image_markdown(address: str, alt: str) -> str:
    """Return the Markdown of an image; any text may be its alternative text."""
    typed = _MARKS.sub(r"\\\1", " ".join(alt.split()))
    return f"![{typed}]({address})"


def _link_images(state: StateCore) -> None:
    for token in state.tokens:
        for child, is_in_link in _images_of(token):
            name = read_address(str(child.attrs.get("src", "")))
            child.meta = {"name": name, "is_in_link": is_in_link}
            child.type = "image" if name else "linked_image"


def _images_of(token: Token) -> Iterator[tuple[Token, bool]]:
    """Yield the images of a line, and whether each is within a link."""
    depth = 0
    for child in token.children or []:
        depth += child.nesting if child.tag == "a" else 0
        if child.type == "image":
            yield child, depth > 0


def _caption_images(state: StateCore) -> None:
    for opening, inline in pairwise(state.tokens):
        if opening.type == "paragraph_open" and not opening.hidden:
            image = _captioned(inline.children or [])
            if image:
                opening.type = "figure_open"
                opening.tag = "figure"
                _close_figure(state.tokens, inline)
                inline.children = [image, *_caption(str(image.attrs.pop("title")))]


def _captioned(children: list[Token]) -> Token | None:
    """Return the titled image that is all of a paragraph; None if there is more."""
    is_one = len(children) == 1 and children[0].type == "image"
    return children[0] if is_one and children[0].attrs.get("title") else None


def _close_figure(tokens: list[Token], inline: Token) -> None:
    closing = tokens[tokens.index(inline) + 1]
    closing.tag = "figure"


def _caption(text: str) -> list[Token]:
    opening, words = Token("caption_open", "figcaption", 1), Token("text", "", 0)
    words.content = text
    return [opening, words, Token("caption_close", "figcaption", -1)]


def _render_image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    name: ImageName = token.meta["name"]
    alt = plain_text(token.children or [])
    shown = _shown(name, alt, str(token.attrs.get("title", "")))
    if not alt:
        return shown + _mark_of_missing_alt(env.get("things"))
    return shown if token.meta["is_in_link"] else f'<a href="{escape(name.address)}">{shown}</a>'


def _shown(name: ImageName, alt: str, title: str) -> str:
    said = format_html(' title="{}"', title) if title else ""
    return format_html(
        '<img src="{}" alt="{}"{} width="{}" height="{}" loading="lazy" decoding="async">',
        name.address,
        alt,
        said,
        name.width,
        name.height,
    )


def _mark_of_missing_alt(things: Any) -> str:
    if not (things and things.show_unknown):
        return ""
    what, why = _("No description"), _("Say between ![ and ] what the image shows.")
    return format_html('<span class="missing-alt" title="{}">{}</span>', why, what)


def _render_linked_image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Render a link with the image's alternative text; within another link, that text alone."""
    token = tokens[index]
    address, title = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
    words = plain_text(token.children or []) or address
    if token.meta["is_in_link"]:
        return format_html("{} ({})", words, title) if title else escape(words)
    said = format_html(' title="{}"', title) if title else ""
    return format_html('<a href="{}"{}>{}</a>', address, said, words)
