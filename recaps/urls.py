"""URL patterns of recaps, authors, the archive of recaps and their feeds."""

from django.urls import path

from foundation.pages.archive import archive_urls
from foundation.pages.public_page import CURSOR, public_page
from recaps import feeds
from recaps.archive import RECAPS
from recaps.views import recap

_feed = public_page(*CURSOR)

urlpatterns = [
    path("recaps/<word:recap_slug>/", recap.recap, name="recap"),
    path("authors/", recap.authors, name="authors"),
    path("authors/<word:author_slug>/", recap.author, name="author"),
    *archive_urls("archive/", RECAPS),
    path("feeds/recaps.atom", _feed(feeds.RecapFeed()), name="recaps-feed"),
    path(
        "conferences/<word:conference_slug>/feed.atom",
        _feed(feeds.ConferenceFeed()),
        name="conference-feed",
    ),
    path("series/<word:series_slug>/feed.atom", _feed(feeds.SeriesFeed()), name="series-feed"),
    path("speakers/<word:speaker_slug>/feed.atom", _feed(feeds.SpeakerFeed()), name="speaker-feed"),
    path("authors/<word:author_slug>/feed.atom", _feed(feeds.AuthorFeed()), name="author-feed"),
    path("tags/<word:tag_slug>/feed.atom", _feed(feeds.TagFeed()), name="tag-feed"),
]
