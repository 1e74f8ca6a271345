"""URL patterns of the search, below /search/."""

from django.urls import path

from foundation.pages.public_page import CURSOR, public_page
from search import feeds, views
from search.query import PARAMETERS

urlpatterns = [
    path("", views.search, name="search"),
    path(
        "feed.atom",
        public_page(*PARAMETERS, *CURSOR)(feeds.SearchFeed()),
        name="search-feed",
    ),
    path("suggestions/", views.search_suggestions, name="search-suggestions"),
]
