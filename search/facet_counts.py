"""Facets beside search results, with the number of results for each value."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from search.facets import FACETS, Facet
from search.results import MOST_COUNTED, Found, documents_of


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its number of results, and the searches that require or exclude it.

    If another value of a single-valued facet is chosen, `add` is how many results this one would
    add.
    """

    value: str
    label: str
    count: int
    url: str
    without_url: str
    adds: bool = False
    is_exact: bool = True


@dataclass(frozen=True)
class FacetCounts:
    """A facet with its most frequent values that are not chosen yet."""

    facet: Facet
    choices: list[Choice]


def facets_of(found: Found) -> list[FacetCounts]:
    """Return the facets with values left to choose.

    One query for each facet of speakers, series and conferences, two for tags, and one for each
    single-valued facet with a chosen value.
    """
    counted = [_counts(facet, found) for facet in FACETS]
    return [counts for counts in counted if _narrows(counts, found)]


def _narrows(counts: FacetCounts, found: Found) -> bool:
    """Return whether any choice would change the results."""
    return any(choice.adds or choice.count < found.number for choice in counts.choices)


def _counts(facet: Facet, found: Found) -> FacetCounts:
    search = found.search
    adds = not facet.many and facet.parameter in search.wanted
    counts, is_exact = _others(facet, found) if adds else _found(facet, found)
    chosen = {value for one, value, _wanted in search.choices if one is facet}
    frequent = _frequent(facet, counts, more=len(chosen))
    labels = facet.labels(key for key, _count in frequent)
    choices = [
        Choice(
            *labels[key],
            count,
            url=search.choosing(facet, labels[key][0]).url,
            without_url=search.leaving_out(facet, labels[key][0]).url,
            adds=adds,
            is_exact=is_exact,
        )
        for key, count in frequent
        if key in labels and labels[key][0] not in chosen
    ]
    return FacetCounts(facet, choices[: facet.most])


def _found(facet: Facet, found: Found) -> tuple[Counter[Any], bool]:
    """Count the results by value; return also whether the counts are exact."""
    counts = facet.counts(found.matches)
    return Counter({key: found.of_all(count) for key, count in counts.items()}), found.is_exact


def _others(facet: Facet, found: Found) -> tuple[Counter[Any], bool]:
    """Count how many results each other value would add; return also whether the counts
    are exact.
    """
    wider, is_cut = documents_of(found.search.clearing(facet), found.languages, found.topics)
    others = wider.exclude(facet.condition(found.search.wanted[facet.parameter]))
    values = list(others.values_list(facet.column, flat=True)[:MOST_COUNTED])
    return Counter(values), len(values) < MOST_COUNTED and not is_cut


def _frequent(facet: Facet, counts: Counter[Any], *, more: int) -> list[tuple[Any, int]]:
    counts.pop(None, None)
    counts.pop("", None)
    if facet.parameter == "year":
        return sorted(counts.items(), reverse=True)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return ordered[: facet.most + more]
