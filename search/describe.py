"""Describes a search in words: "Talks about “async” tagged django, 2015 to 2020"."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from search.facets import BY_PARAMETER, PLURALS, Facet, LinkFacet, year_label
from search.query import Search


@dataclass(frozen=True)
class Chip:
    """A removable filter: its label, and the URL of the search without it."""

    facet: Facet
    label: str
    is_wanted: bool
    url: str


class Names:
    """The labels of the chosen values. At most one query per facet, of two searches."""

    def __init__(self, search: Search) -> None:
        self._names: dict[str, dict[str, str]] = {}
        for facet, _value, _wanted in search.choices:
            if isinstance(facet, LinkFacet) and facet.parameter not in self._names:
                values = [value for one, value, _ in search.choices if one is facet]
                self._names[facet.parameter] = facet.names(values)

    def of(self, facet: Facet, value: str) -> str:
        """Return the label of a value; the value itself if it is unknown."""
        if isinstance(facet, LinkFacet):
            return self._names[facet.parameter].get(value, value)
        if facet.parameter == "year":
            return year_label(value)
        labels = facet.labels(facet.keys([value]))
        return next((label for _value, label in labels.values()), value)


def chips_of(search: Search, names: Names) -> list[Chip]:
    """Return the search's filters, in the order of the facets."""
    return [
        Chip(facet, names.of(facet, value), wanted, search.dropping(facet, value).url)
        for facet, value, wanted in search.choices
    ]


def sentence_of(search: Search, names: Names) -> str:
    """Return the search in words, without the number of results."""
    parts = [_subject(search)]
    if search.query:
        parts.append(gettext("about “%(query)s”") % {"query": search.query})
    for parameter, said in _CLAUSES.items():
        facet = BY_PARAMETER[parameter]
        if values := _joined_years(search.wanted.get(parameter, ()), parameter):
            parts.append(said(_list([names.of(facet, value) for value in values], facet)))
        if values := search.unwanted.get(parameter, ()):
            labels = _list([names.of(facet, value) for value in values], facet, both=True)
            parts.append(gettext("without %(values)s") % {"values": labels})
    return _spaced(parts)


def _spaced(parts: list[str]) -> str:
    """Join the parts by spaces, without a space before a comma."""
    return "".join(
        part if part.startswith(",") or not n else f" {part}" for n, part in enumerate(parts)
    )


def _subject(search: Search) -> str:
    kinds = search.wanted.get("kind", ())
    if not kinds:
        return gettext("Everything")
    first, *others = (PLURALS[kind]() for kind in kinds)
    return _list([first, *(other.lower() for other in others)], BY_PARAMETER["kind"])


def _list(labels: list[str], facet: Facet, *, both: bool = False) -> str:
    """Return "a, b and c" if all values are required, "a, b or c" if any one is."""
    *first, last = labels
    if not first:
        return last
    joined = {"first": ", ".join(first), "last": last}
    is_and = facet.many or facet.parameter == "kind" or both
    text = gettext("%(first)s and %(last)s") if is_and else gettext("%(first)s or %(last)s")
    return text % joined


def _joined_years(values: tuple[str, ...], parameter: str) -> tuple[str, ...]:
    """Merge consecutive years into one range."""
    if parameter != "year" or any("-" in value for value in values):
        return values
    spans: list[list[int]] = []
    for year in sorted(int(value) for value in values):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return tuple(f"{a}-{b}" if a < b else str(a) for a, b in spans)


_CLAUSES: dict[str, Callable[[str], str]] = {
    "tag": lambda values: gettext("tagged %(values)s") % {"values": values},
    "speaker": lambda values: gettext("by %(values)s") % {"values": values},
    "series": lambda values: gettext("in the series %(values)s") % {"values": values},
    "conference": lambda values: gettext("at %(values)s") % {"values": values},
    "language": lambda values: gettext("in %(values)s") % {"values": values},
    "recap": lambda values: values,
    "recording": lambda values: values,
    "year": lambda values: gettext(", %(values)s") % {"values": values},
}
