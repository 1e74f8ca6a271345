"""The facets beside a search, with how many of what was found have each value."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from search.asking import Search
from search.facets import FACETS, Facet
from search.finding import MOST_COUNTED, Found, documents_of


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many it has, and the searches that want it, or leave it out.

    Where another value of a facet with one value each is chosen, it would `add` so many more.
    """

    value: str
    label: str
    count: int
    url: str
    without_url: str
    adds: bool = False


@dataclass(frozen=True)
class FacetCounts:
    """A facet with its most frequent values that are not chosen yet."""

    facet: Facet
    choices: list[Choice]


def facets_of(found: Found) -> list[FacetCounts]:
    """Return the facets that have anything left to choose.

    One query for each facet of speakers, series and conferences, two for tags, and one for each
    facet with one value each of which some are chosen.
    """
    counted = [_counts(facet, found) for facet in FACETS]
    return [counts for counts in counted if _narrows(counts, found)]


def _narrows(counts: FacetCounts, found: Found) -> bool:
    """Tell whether any choice changes what is found."""
    return any(choice.adds or choice.count < found.number for choice in counts.choices)


def _counts(facet: Facet, found: Found) -> FacetCounts:
    search = found.search
    adds = not facet.many and facet.parameter in search.wanted
    counts = Counter(_others(facet, found)) if adds else facet.counts(found.matches)
    chosen = {value for one, value, _wanted in search.choices if one is facet}
    frequent = _frequent(facet, counts, more=len(chosen))
    labels = facet.labels(key for key, _count in frequent)
    choices = [
        _choice(facet, search, labels[key], count if adds else found.of_all(count), adds=adds)
        for key, count in frequent
        if key in labels and labels[key][0] not in chosen
    ]
    return FacetCounts(facet, choices[: facet.most])


def _others(facet: Facet, found: Found) -> list[Any]:
    """Return the values of what the search would find with any value of the facet."""
    wider = documents_of(found.search.clearing(facet), found.languages, found.topics)
    condition = facet.condition(found.search.wanted[facet.parameter])
    return list(wider.exclude(condition).values_list(facet.column, flat=True)[:MOST_COUNTED])


def _frequent(facet: Facet, counts: Counter[Any], *, more: int) -> list[tuple[Any, int]]:
    counts.pop(None, None)
    counts.pop("", None)
    if facet.parameter == "year":
        return sorted(counts.items(), reverse=True)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return ordered[: facet.most + more]


def _choice(
    facet: Facet, search: Search, named: tuple[str, str], count: int, *, adds: bool
) -> Choice:
    value, label = named
    return Choice(
        value,
        label,
        count,
        url=search.choosing(facet, value).url,
        without_url=search.leaving_out(facet, value).url,
        adds=adds,
    )
