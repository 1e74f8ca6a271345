"""Every search is a feed: the recaps that it finds, the newest first.

Who follows "everything about async tagged django" waits for texts. Talks have none of their own and
come by the hundred, speakers and conferences are not news; so whichever kinds a search asks for,
its feed has its recaps, and is the very list that the page shows with `kind=recap` (ADR 19).
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
    """A search for recaps, and what it asks for in words."""

    search: Search
    sentence: str

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        """Return the address of the page that lists the same recaps."""
        return self.search.url


class SearchFeed(RecapFeed):
    """The recaps that the words and choices of the address find.

    Eight queries, two for each chosen facet of speakers, series or conferences, three for tags; one
    fewer for who has the page already. A tag or speaker that nobody knows yet has an empty feed.
    """

    heading = _("%(site)s: %(name)s")

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed; 503 where it takes too long.

        What asks nothing of recaps is the feed of the site, which has an address of its own.
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
        """Return what stands for the words and choices: a search has no other identity."""
        return shown.identity.urn(self.path_of(shown.subject))
