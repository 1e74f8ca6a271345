"""A search as a value object: query, chosen facets, and its one URL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from search.enums import DocumentKind
from search.facets import FACETS, KIND, Facet
from search.words import Question, question_of

Values = tuple[str, ...]
_NOTHING: Mapping[str, Values] = MappingProxyType({})
# What addresses of searches may say.
PARAMETERS = ("q", *(name for facet in FACETS for name in (facet.parameter, facet.unwanted)))


@dataclass(frozen=True)
class Search:
    """A search. `wanted` and `unwanted` hold the chosen values by query parameter."""

    query: str = ""
    wanted: Mapping[str, Values] = field(default_factory=lambda: _NOTHING)
    unwanted: Mapping[str, Values] = field(default_factory=lambda: _NOTHING)

    def __bool__(self) -> bool:
        return bool(self.question or self.wanted or self.unwanted)

    @property
    def question(self) -> Question:
        """The parsed query."""
        return question_of(self.query)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query parameters: the same list for the same search."""
        pairs = [("q", self.query)] if self.query else []
        for facet in FACETS:
            pairs += [(facet.parameter, value) for value in self.wanted.get(facet.parameter, ())]
            pairs += [(facet.unwanted, value) for value in self.unwanted.get(facet.parameter, ())]
        return pairs

    @property
    def url(self) -> str:
        """Its URL."""
        return self._at("search")

    @property
    def feed_url(self) -> str:
        """The URL of the feed of its recaps; the site's feed if it has no condition on recaps."""
        search = self.of_any_kind()
        return search._at("search-feed") if search else reverse("recaps-feed")

    def _at(self, url_name: str) -> str:
        parameters = urlencode(self.parameters)
        return f"{reverse(url_name)}?{parameters}" if parameters else reverse(url_name)

    @property
    def choices(self) -> Iterator[tuple[Facet, str, bool]]:
        """Yield each chosen facet and value, and whether it is required, in the order of the
        facets.
        """
        for facet in FACETS:
            for value in self.wanted.get(facet.parameter, ()):
                yield facet, value, True
            for value in self.unwanted.get(facet.parameter, ()):
                yield facet, value, False

    def with_query(self, query: str) -> "Search":
        """Return the search with another query."""
        return replace(self, query=query)

    def choosing(self, facet: Facet, value: str) -> "Search":
        """Return the search with the value added to its facet."""
        return replace(self.dropping(facet, value), wanted=_added(self.wanted, facet, value))

    def leaving_out(self, facet: Facet, value: str) -> "Search":
        """Return the search that excludes the value."""
        return replace(self.dropping(facet, value), unwanted=_added(self.unwanted, facet, value))

    def dropping(self, facet: Facet, value: str) -> "Search":
        """Return the search without this choice."""
        return replace(
            self,
            wanted=_without(self.wanted, facet, value),
            unwanted=_without(self.unwanted, facet, value),
        )

    def clearing(self, facet: Facet) -> "Search":
        """Return the search without required values of the facet; excluded ones stay."""
        return replace(self, wanted=_without_facet(self.wanted, facet))

    def of_any_kind(self) -> "Search":
        """Return the search without choices of kinds."""
        kinds = (_without_facet(chosen, KIND) for chosen in (self.wanted, self.unwanted))
        return Search(self.query, *kinds)

    def of_recaps(self) -> "Search":
        """Return the search for recaps only, whichever kinds it asks for."""
        return self.of_any_kind().choosing(KIND, DocumentKind.RECAP.value)

    def condition(self) -> Q:
        """Return the condition of the chosen facets. One query per facet of tags, speakers …"""
        condition = Q()
        for facet in FACETS:
            if values := self.wanted.get(facet.parameter):
                condition &= facet.condition(values)
            if values := self.unwanted.get(facet.parameter):
                condition &= facet.absence(values)
        return condition


def _added(chosen: Mapping[str, Values], facet: Facet, value: str) -> dict[str, Values]:
    values = [one for one in chosen.get(facet.parameter, ()) if one != value]
    return {**chosen, facet.parameter: (*values, value)}


def _without_facet(chosen: Mapping[str, Values], facet: Facet) -> dict[str, Values]:
    return {name: values for name, values in chosen.items() if name != facet.parameter}


def _without(chosen: Mapping[str, Values], facet: Facet, value: str) -> dict[str, Values]:
    rest = {
        name: tuple(one for one in values if name != facet.parameter or one != value)
        for name, values in chosen.items()
    }
    return {name: values for name, values in rest.items() if values}
