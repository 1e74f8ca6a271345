"""The search form: turns untrusted query parameters into a search."""

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
    """One line of any text; cut to its maximum length, without invisible characters."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value or "")[:QUERY_MAX_LENGTH])


class SearchForm(forms.Form):
    """The query and the chosen facets. Any input is a valid search.

    Values that a facet cannot have are dropped; an unknown tag is still a choice.
    """

    q = QueryField(required=False)
    data: QueryDict

    @property
    def query(self) -> str:
        """The query as it is shown again; '' if there is none."""
        return self.cleaned_data["q"] if self.is_valid() else ""

    @property
    def search(self) -> Search:
        """The parsed search."""
        wanted = {facet.parameter: self._values(facet, facet.parameter) for facet in FACETS}
        unwanted = {facet.parameter: self._values(facet, facet.unwanted) for facet in FACETS}
        return Search(self.query, _said(wanted), _said(unwanted))

    def _values(self, facet: Facet, parameter: str) -> Values:
        texts = self.data.getlist(parameter)[:MOST_VALUES]
        cleaned = [facet.clean(clean_line(text[:VALUE_MAX_LENGTH])) for text in texts]
        return tuple(dict.fromkeys(value for value in cleaned if value))


def _said(chosen: dict[str, Values]) -> dict[str, Values]:
    return {name: values for name, values in chosen.items() if values}
