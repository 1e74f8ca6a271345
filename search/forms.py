"""The search form: untrusted text becomes a search."""

from typing import Any

from django import forms
from django.http import QueryDict

from foundation.text.names import clean_line
from search.facets import FACETS, Facet
from search.query import Search, Values

QUERY_MAX_LENGTH = 200
VALUE_MAX_LENGTH = 200
MOST_VALUES = 20


class QueryField(forms.CharField):
    """One line of any text. What is too long is cut, and what is invisible is dropped."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value or "")[:QUERY_MAX_LENGTH])


class SearchForm(forms.Form):
    """What a reader typed into a search box, and what they chose. Anything is a valid search.

    Values that a facet cannot have are dropped; a tag that nobody knows is a choice all the same.
    """

    q = QueryField(required=False)
    data: QueryDict

    @property
    def query(self) -> str:
        """The text as it is shown again; '' where nothing was asked."""
        return self.cleaned_data["q"] if self.is_valid() else ""

    @property
    def search(self) -> Search:
        """The search that was asked for."""
        wanted = {facet.parameter: self._values(facet, facet.parameter) for facet in FACETS}
        unwanted = {facet.parameter: self._values(facet, facet.unwanted) for facet in FACETS}
        return Search(self.query, _said(wanted), _said(unwanted))

    def _values(self, facet: Facet, parameter: str) -> Values:
        texts = self.data.getlist(parameter)[:MOST_VALUES]
        cleaned = [facet.clean(clean_line(text[:VALUE_MAX_LENGTH])) for text in texts]
        return tuple(dict.fromkeys(value for value in cleaned if value))


def _said(chosen: dict[str, Values]) -> dict[str, Values]:
    return {name: values for name, values in chosen.items() if values}
