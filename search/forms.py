"""The search box: untrusted text becomes words to look for."""

from typing import Any

from django import forms

from notes_site.names import clean_line, name_key

QUERY_MAX_LENGTH = 200
MOST_WORDS = 10


class QueryField(forms.CharField):
    """One line of any text. What is too long is cut, and what is invisible is dropped."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value or "")[:QUERY_MAX_LENGTH])


class SearchForm(forms.Form):
    """What a reader typed into a search box. Any text is a valid query."""

    q = QueryField(required=False)

    @property
    def query(self) -> str:
        """The text as it is shown again; '' where nothing was asked."""
        return self.cleaned_data["q"] if self.is_valid() else ""

    @property
    def words(self) -> list[str]:
        """The words of the query that have a visible sign, at most ten."""
        return [word for word in self.query.split() if name_key(word)][:MOST_WORDS]
