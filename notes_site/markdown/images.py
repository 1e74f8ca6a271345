"""Images: our own are shown, those of other hosts become links, for a page loads from no other."""

from typing import Any

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore


def images_plugin(markdown: MarkdownIt) -> None:
    """Turn images of other hosts into links to them."""
    markdown.core.ruler.push("link_images", _link_images)
    markdown.add_render_rule("linked_image", _render_linked_image)


def _link_images(state: StateCore) -> None:
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
