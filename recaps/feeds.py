"""The Atom feed of recaps, with their whole texts.

Every address in it comes from SITE_URL and never from the request, and what XML cannot hold is
dropped on the way out, so that one odd row cannot break the feed for everybody.
"""

import datetime as dt
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from notes_site.names import without_controls
from recaps.models import Recap
from recaps.querysets import RecapQuerySet

FEED_LENGTH = 30


class CleanXMLGenerator(SimplerXMLGenerator):
    """Writes XML without the characters that XML 1.0 forbids."""

    def characters(self, content: str) -> None:
        super().characters(without_controls(content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 -- the name SAX calls
        clean = {key: without_controls(value) for key, value in attrs.items()}
        super().startElement(name, AttributesImpl(clean))


class RecapAtom(Atom1Feed):
    """Atom whose entries carry the whole text, in the language it is written in."""

    def write(self, outfile: Any, encoding: str) -> None:
        handler = CleanXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # An empty description would become an empty summary.
        super().add_item_elements(handler, {**item, "description": item["description"] or None})
        attributes = {"type": "html", "xml:base": item["link"]}
        handler.addQuickElement("content", item["content"], attributes)


@method_decorator(require_safe, name="__call__")
class RecapFeed(Feed):
    """The newest published recaps."""

    feed_type = RecapAtom
    subtitle = gettext_lazy("Recaps of talks and conferences, the newest first.")

    def title(self) -> str:
        return _("%(site)s: recaps") % {"site": settings.SITE_NAME}

    def link(self) -> str:
        return _absolute(reverse("home"))

    def feed_url(self) -> str:
        return _absolute(reverse("recaps-feed"))

    def feed_guid(self) -> str:
        return self.feed_url()

    def items(self) -> RecapQuerySet:
        return Recap.objects.published().newest_first().for_feed()[:FEED_LENGTH]

    def item_title(self, item: Recap) -> str:
        return item.shown_title

    def item_description(self, item: Recap) -> str:
        return linebreaks(item.summary, autoescape=True) if item.summary else ""

    def item_link(self, item: Recap) -> str:
        return _absolute(item.get_absolute_url())

    def item_guid(self, item: Recap) -> str:
        return item.uid.urn

    def item_pubdate(self, item: Recap) -> dt.datetime | None:
        return item.published_at

    def item_updateddate(self, item: Recap) -> dt.datetime:
        return item.updated_at

    def item_author_name(self, item: Recap) -> str:
        return item.author.public_name

    def item_author_link(self, item: Recap) -> str:
        return _absolute(item.author.get_absolute_url())

    def item_categories(self, item: Recap) -> list[str]:
        return [tag.name for tag in item.shown_tags]

    def item_extra_kwargs(self, item: Recap) -> dict[str, str]:
        return {"content": item.body_html, "language": item.language}


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
