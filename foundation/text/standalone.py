"""Makes HTML readable outside the site: absolute links, images inlined as data.

It expects HTML as the site's templates and sanitiser write it: attributes in double quotes.
"""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

# Content type and bytes of an image of ours, None where there is none at the address.
ImageFinder = Callable[[str], tuple[str, bytes] | None]

_LINK = re.compile(r'<a(?:\s(?:[^<>"]|"[^"]*")*)?>')
_LINK_OR_IMAGE = re.compile(r'<(?:a(?=[\s>])|/a|img(?=[\s>]))(?:[^<>"]|"[^"]*")*>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_HREF = re.compile(r'\shref="([^"]*)"')
# What an image in a text may say beside its address. Not "loading": it is there already.
_IMAGE_ATTRIBUTES = ("alt", "title", "width", "height")


@dataclass
class ImageRoom:
    """A budget in bytes for inlined images: for each, and for all that remain."""

    each: int
    left: int

    def take(self, size: int) -> bool:
        """Return whether an image of this size fits; if so, subtract it."""
        if size > min(self.each, self.left):
            return False
        self.left -= size
        return True


def inlined_images(html: str, find: ImageFinder, room: ImageRoom) -> str:
    """Return the HTML with the site's images inlined; those beyond the budget become links.

    Within a link, such an image leaves its alternative text, because links do not nest.
    """
    in_link = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal in_link
        if not match[0].startswith("<img"):
            in_link = match[0] != "</a>"
            return match[0]
        return _inlined(dict(_ATTRIBUTE.findall(match[0])), find, room, in_link=in_link)

    return _LINK_OR_IMAGE.sub(replaced, html)


def absolute_links(html: str, *, page: str, inside: Mapping[str, str]) -> str:
    """Return the HTML with absolute links.

    Args:
        html: links within itself (`#…`) stay as they are.
        page: the absolute URL of the page on which the HTML stands.
        inside: ids within the text, by absolute URL: relative links to these URLs become links
            to the ids, links with a host keep leading to the site.

    Links to the page's own site get the class "own", links that show their URL the class "bare": on
    paper neither needs its URL printed beside it.
    """

    def replaced(match: re.Match[str]) -> str:
        href = _HREF.search(match[0])
        if href is None or href[1].startswith("#"):
            return match[0]
        typed = unescape(href[1])
        address = _joined(page, typed)
        if typed != address and address in inside:
            return match[0].replace(href[0], f' href="#{escape(inside[address])}"')
        tag = match[0].replace(href[0], f' href="{escape(address)}"')
        shown = unescape(html[match.end() : html.find("<", match.end())])
        if _without_scheme(shown) == _without_scheme(address):
            return _with_class(tag, "bare")
        return _with_class(tag, "own") if address.startswith(f"{_origin(page)}/") else tag

    return _LINK.sub(replaced, html)


def whole_addresses(html: str, *, page: str) -> str:
    """Return the HTML with absolute URLs in its links and images, links within itself too.

    Args:
        html: one text of the page.
        page: the absolute URL of the page on which the text stands.
    """

    def joined(attribute: re.Match[str]) -> str:
        name, value = attribute.groups()
        if name not in {"href", "src"}:
            return attribute[0]
        return f'{name}="{escape(_joined(page, unescape(value)))}"'

    return _LINK_OR_IMAGE.sub(lambda tag: _ATTRIBUTE.sub(joined, tag[0]), html)


def _inlined(
    attributes: Mapping[str, str], find: ImageFinder, room: ImageRoom, *, in_link: bool
) -> str:
    address = attributes.get("src", "")
    found = find(unescape(address))
    if found and room.take(len(found[1])):
        content_type, content = found
        source = f"data:{content_type};base64,{base64.b64encode(content).decode()}"
        kept = {name: attributes[name] for name in _IMAGE_ATTRIBUTES if name in attributes}
        return "<img{}>".format(
            "".join(f' {name}="{value}"' for name, value in {"src": source, **kept}.items())
        )
    words = attributes.get("alt") or address
    return words if in_link else f'<a href="{address}">{words}</a>'


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:  # "http://[": a link that leads nowhere, here as on the site
        return address


def _without_scheme(address: str) -> str:
    return address.partition("://")[2].rstrip("/") or address.rstrip("/")


def _origin(page: str) -> str:
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc}"


def _with_class(tag: str, name: str) -> str:
    if ' class="' in tag:
        return tag.replace(' class="', f' class="{name} ', 1)
    return f'{tag[:-1]} class="{name}">'
