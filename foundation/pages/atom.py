"""Atom feeds with full texts, absolute URLs and paging (RFC 5005).

Characters that XML forbids are dropped, so that one odd row cannot break a feed.
"""

import datetime as dt
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from foundation.text.names import without_controls

# When a feed without entries changed last.
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class CleanXMLGenerator(SimplerXMLGenerator):
    """XML generator that drops the characters that XML 1.0 forbids."""

    def characters(self, content: str) -> None:
        super().characters(without_controls(content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 -- the name SAX calls
        clean = {key: without_controls(value) for key, value in attrs.items()}
        super().startElement(name, AttributesImpl(clean))


class WholeAtom(Atom1Feed):
    """Atom feed whose entries carry the full text and its language.

    Beyond Django's feed arguments: `pages`, URLs by relation ("first", "next", "previous"), and for
    each entry its `content` (HTML) and `language`.
    """

    def write(self, outfile: Any, encoding: str) -> None:
        handler = CleanXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def latest_post_date(self) -> dt.datetime:
        """Return when an entry last changed; never the present moment."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # An empty description would become an empty summary.
        super().add_item_elements(handler, {**item, "description": item["description"] or None})
        attributes = {"type": "html", "xml:base": item["link"]}
        handler.addQuickElement("content", item["content"], attributes)
