"""Atom feeds of recaps, with full texts: of the site, and of each conference, series, speaker,
author and tag.

All URLs come from SITE_URL and never from the request. No feed lists talks: they have no text of
their own, and an import would add hundreds at once.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, Series
from foundation.models.broken_rows import drawable
from foundation.pages.atom import WholeAtom
from foundation.pages.json_ld import at_site
from foundation.pages.moved import moved_or_missing
from foundation.pages.paging import Page, page_of
from foundation.pages.public_page import CURSOR
from foundation.pages.whole_address import whole_address
from foundation.text.standalone import whole_addresses
from operations.models import SiteIdentity
from recaps.long_recap import load_texts
from recaps.models import Recap, RecapQuerySet
from speakers.models import Speaker
from talks.models import Tag


@dataclass(frozen=True)
class FeedPage:
    """One page of a feed: the object it is about (None: the whole site), its recaps, its cursor,
    and the source of its id.

    The recaps have no texts, which are loaded only when the feed is sent.
    """

    subject: Any
    recaps: Page[Recap]
    feed_address: str
    cursor: str
    identity: SiteIdentity

    @property
    def address(self) -> str:
        """Its own URL."""
        return self._at(self.cursor)

    @property
    def neighbours(self) -> dict[str, str]:
        """The URLs of other pages, by their relation to this one."""
        found = {"previous": self.recaps.newer_url, "next": self.recaps.older_url}
        # Of the list's addresses only the cursor is of use.
        others = {name: self._at(urlsplit(url).query) for name, url in found.items() if url}
        return {"first": self.feed_address, **others}

    def _at(self, cursor: str) -> str:
        if not cursor:
            return self.feed_address
        return f"{self.feed_address}{'&' if '?' in self.feed_address else '?'}{cursor}"


FEED_LENGTH = 30
NEWEST_FIRST = ("-published_at", "-id")


class RecapFeed(Feed):
    """The recaps of the whole site, newest first; base class of the other feeds.

    Five queries at most: the subject, its page of recaps, the site's identity, and their texts.
    Clients that have the page already get 304 before the last one.
    """

    feed_type = WholeAtom
    subtitle = _("Recaps of talks and conferences, the newest first.")
    url_name = "recaps-feed"
    heading: Any = _("%(site)s: recaps")
    missing: Any = ""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page of the feed that the request names.

        There is no Last-Modified, because unpublishing a recap would move it back.
        """
        slug = next(iter(kwargs.values()), "")  # the one part of its address
        subject = self._subject(slug) if slug else None
        if slug and subject is None:
            return moved_or_missing(self._former(slug), self.missing, address=self.path_of)
        return self.answer(request, subject)

    def answer(self, request: HttpRequest, subject: Any) -> HttpResponse:
        """Answer with the page of the subject's feed, or with 304."""
        shown = self._page(request, subject)
        etag = f'"{self._digest(shown)}"'
        response = get_conditional_response(request, etag=etag) or self._written(shown, request)
        response.headers["ETag"] = etag
        return response

    # What the feed of one kind of thing says for itself

    def subjects(self) -> QuerySet[Any]:
        """Return the rows that have such a feed."""
        raise NotImplementedError

    def recaps_of(self, subject: Any) -> RecapQuerySet:
        """Return the published recaps of the row."""
        return Recap.objects.published()

    def path_of(self, subject: Any) -> str:
        """Return the path of the row's feed."""
        return reverse(self.url_name, args=[subject.slug] if subject else [])

    # The feed

    def title(self, shown: FeedPage) -> str:
        return self.heading % {"site": settings.SITE_NAME, "name": shown.subject}

    def link(self, shown: FeedPage) -> str:
        subject = shown.subject
        return whole_address(subject.get_absolute_url() if subject else reverse("home"))

    def feed_url(self, shown: FeedPage) -> str:
        return shown.address

    def feed_guid(self, shown: FeedPage) -> str:
        """Return the feed's id, which stays the same if the subject or the site gets
        another URL.
        """
        if shown.subject is None:
            return shown.identity.iri(self.path_of(None))
        return shown.identity.urn(f"/{self.url_name}/{shown.subject.pk}")

    def feed_extra_kwargs(self, shown: FeedPage) -> dict[str, Any]:
        return {"pages": shown.neighbours}

    def items(self, shown: FeedPage) -> list[Recap]:
        """Load the recaps' texts; recaps that were unpublished meanwhile are left out."""
        public = load_texts(shown.recaps, Recap.objects.published())
        return [recap for recap in shown.recaps if recap.pk in public]

    # One entry

    def item_title(self, item: Recap) -> str:
        return item.shown_title

    def item_description(self, item: Recap) -> str:
        return linebreaks(item.summary, autoescape=True) if item.summary else ""

    def item_link(self, item: Recap) -> str:
        """Return the recap's own page, which is canonical for its text."""
        return at_site(item)

    def item_guid(self, item: Recap) -> str:
        return item.uid.urn

    def item_pubdate(self, item: Recap) -> dt.datetime | None:
        return item.published_at

    def item_updateddate(self, item: Recap) -> dt.datetime:
        return item.revised_at

    def item_author_name(self, item: Recap) -> str:
        return item.author.public_name

    def item_author_link(self, item: Recap) -> str:
        return at_site(item.author)

    def item_categories(self, item: Recap) -> list[str]:
        return item.tag_names  # type: ignore[attr-defined]  # -- for_feed()

    def item_extra_kwargs(self, item: Recap) -> dict[str, str]:
        content = whole_addresses(item.body_html, page=self.item_link(item))
        return {"content": content, "language": item.language}

    # How a page is found and told apart

    def _subject(self, slug: str) -> Model | None:
        found: Model | None = self.subjects().filter(slug=slug).first()
        return found

    def _former(self, slug: str) -> QuerySet[Any]:
        rows: Any = self.subjects()  # each of these querysets knows its old addresses
        return rows.at_old_address(slug)

    def _page(self, request: HttpRequest, subject: Any) -> FeedPage:
        cursor = urlencode([(name, request.GET[name]) for name in CURSOR if name in request.GET])
        recaps = self.recaps_of(subject).for_feed()
        page = page_of(recaps, request, order=NEWEST_FIRST, size=FEED_LENGTH)
        page = replace(page, rows=drawable(page.rows, self._facts))
        address = whole_address(self.path_of(subject))
        return FeedPage(subject, page, address, cursor, SiteIdentity.objects.current())

    def _written(self, shown: FeedPage, request: HttpRequest) -> HttpResponse:
        feed = self.get_feed(shown, request)
        response = HttpResponse(content_type=WholeAtom.content_type)
        feed.write(response, "utf-8")
        return response

    def _digest(self, shown: FeedPage) -> str:
        """Return a digest of everything on the page; PostgreSQL digests the texts."""
        facts = [self._facts(recap) for recap in shown.recaps]
        heads = (self.feed_guid(shown), self.title(shown), self.link(shown), shown.address)
        whole = (heads, shown.neighbours, facts)
        return hashlib.sha256(repr(whole).encode()).hexdigest()[:32]

    def _facts(self, recap: Recap) -> tuple[Any, ...]:
        return (
            recap.uid,
            self.item_title(recap),
            recap.summary,
            self.item_link(recap),
            self.item_pubdate(recap),
            self.item_updateddate(recap),
            self.item_author_name(recap),
            self.item_author_link(recap),
            self.item_categories(recap),
            recap.language,
            recap.renderer_version,
            recap.text_digest,  # type: ignore[attr-defined]  # -- for_feed()
        )


class ConferenceFeed(RecapFeed):
    """The recaps of a conference and of its talks."""

    url_name = "conference-feed"
    heading = _("%(site)s: recaps of %(name)s")
    missing = _("There is no conference at this address.")

    def subjects(self) -> QuerySet[Conference]:
        return Conference.objects.all()

    def recaps_of(self, subject: Conference) -> RecapQuerySet:
        return Recap.objects.published().of_conferences([subject.pk])


class SeriesFeed(RecapFeed):
    """The recaps of all editions of a series, and of their talks."""

    url_name = "series-feed"
    heading = _("%(site)s: recaps of %(name)s")
    missing = _("There is no series at this address.")

    def subjects(self) -> QuerySet[Series]:
        return Series.objects.all()

    def recaps_of(self, subject: Series) -> RecapQuerySet:
        return Recap.objects.published().of_conferences(subject.editions.values("pk"))


class SpeakerFeed(RecapFeed):
    """The recaps of one speaker's talks."""

    url_name = "speaker-feed"
    heading = _("%(site)s: recaps of talks by %(name)s")
    missing = _("There is no speaker at this address.")

    def subjects(self) -> QuerySet[Speaker]:
        return Speaker.objects.all()

    def recaps_of(self, subject: Speaker) -> RecapQuerySet:
        return Recap.objects.published().by_speaker(subject)


class AuthorFeed(RecapFeed):
    """The recaps of one author. A person who published nothing has no feed."""

    url_name = "author-feed"
    heading = _("%(site)s: recaps by %(name)s")
    missing = _("There is no author at this address.")

    def subjects(self) -> QuerySet[Any]:
        return Recap.objects.published().authors()

    def recaps_of(self, subject: Any) -> RecapQuerySet:
        return Recap.objects.published().by_author(subject)


class TagFeed(RecapFeed):
    """The recaps with one tag."""

    url_name = "tag-feed"
    heading = _("%(site)s: recaps about %(name)s")
    missing = _("There is no tag at this address.")

    def subjects(self) -> QuerySet[Tag]:
        return Tag.objects.known_to_readers()

    def recaps_of(self, subject: Tag) -> RecapQuerySet:
        return Recap.objects.published().of_topic([subject])
