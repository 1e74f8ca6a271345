"""Atom feed of any search: the recaps that it finds, newest first.

Subscribers of "everything about async tagged django" wait for texts. Talks have none and are
imported by the hundred; speakers and conferences are no news. So the feed has the search's recaps,
whichever kinds it asks for: the same list as its page with `kind=recap` (ADR 19).
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from recaps.feeds import FeedPage, RecapFeed
from recaps.models import Recap, RecapQuerySet
from search.describe import Names, sentence_of
from search.forms import SearchForm
from search.limits import TooComplicatedError, TooSlowError, refusal, search_limits
from search.matching import Languages
from search.query import Search
from search.results import MOST_COUNTED, documents_of
from search.topics import Topics, among


@dataclass(frozen=True)
class FollowedSearch:
    """A search for recaps, and its description."""

    search: Search
    sentence: str

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        """Return the URL of the page that lists the same recaps."""
        return self.search.url


class SearchFeed(RecapFeed):
    """The recaps found by the query and facets in the URL.

    Eight queries, two for each chosen facet of speakers, series or conferences, three for tags; one
    fewer for clients that have the page already. An unknown tag or speaker has an empty feed.
    """

    heading = _("%(site)s: %(name)s")

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed; 503 over the time limit.

        A search without conditions on recaps redirects to the site's feed.
        """
        form = SearchForm(request.GET)
        if not form.search.of_any_kind():
            return redirect(form.search.feed_url)
        search = form.search.of_recaps()
        try:
            with search_limits():
                sentence = sentence_of(search, Names(search))
                return self.answer(request, FollowedSearch(search, sentence))
        except (TooComplicatedError, TooSlowError) as error:
            return refusal(request, {"query": form.query, "search": form.search}, error)

    def recaps_of(self, subject: FollowedSearch) -> RecapQuerySet:
        question = subject.search.question
        languages, topics = Languages.for_question(question), Topics.for_question(question)
        documents, _is_cut = documents_of(subject.search, languages, topics)
        recaps = Recap.objects.published()
        # Asked for in their order, few matches that seemed many would be looked for in all recaps.
        found = list(documents.values_list("recap", flat=True)[: MOST_COUNTED + 1])
        if len(found) <= MOST_COUNTED:
            return recaps.filter(among("pk", found))
        return recaps.filter(pk__in=documents.values("recap"))

    def path_of(self, subject: FollowedSearch) -> str:
        return subject.search.feed_url

    def feed_guid(self, shown: FeedPage) -> str:
        """Return the feed's id, made of query and facets."""
        return shown.identity.urn(self.path_of(shown.subject))
