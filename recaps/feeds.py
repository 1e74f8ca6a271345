"""The Atom feed of recaps."""

from django.contrib.syndication.views import Feed


class RecapFeed(Feed):
    """Stub."""
