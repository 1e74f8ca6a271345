"""How often search finds what was meant: 99 queries with known right answers, on pyvideo's talks.

`PYVIDEO=folder make bench ONLY=search_quality`. Printed for a plain search of titles, PostgreSQL's
defaults (English, title, abstract and speakers, `ts_rank`), and for ours: how often a right
talk came first (success@1) or among the first five (success@5), and the mean of 1 / its place.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Callable
from functools import reduce
from operator import and_
from pathlib import Path

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce
from django.test import RequestFactory

from benchmarks.scratch import scratch_database
from exchange.library.importing import import_events
from exchange.sources.pyvideo import SOURCE
from search.limits import search_limits
from search.models import SearchDocument
from search.query import Search
from search.results import find
from search.suggestions import help_for
from talks.models import Talk

QUERIES = Path(__file__).parent / "search_queries.tsv"
LOOKED_AT = 20
Answers = Callable[[str], list[str]]


def main() -> None:
    """Import the talks and print a line for each way and kind of query."""
    folder = os.environ.get("PYVIDEO", "")
    if not Path(folder).is_dir() or not folder:
        print("PYVIDEO must name a folder of pyvideo's data; skipped.")
        return
    with QUERIES.open(encoding="utf-8") as file:
        queries = [
            (kind, query, right.split()) for kind, query, right in csv.reader(file, "excel-tab")
        ]
    with scratch_database():
        import_events(SOURCE, Path(folder))
        print(f"{'':<36}{'queries':>8}{'success@1':>11}{'success@5':>11}{'MRR':>7}")
        ways = {"titles": by_title, "PostgreSQL's defaults": by_defaults, "ours": by_ours}
        for name, answers in ways.items():
            report(name, places(queries, answers))


def places(queries: list[tuple[str, str, list[str]]], answers: Answers) -> dict[str, list[int]]:
    """Return, by kind of query and for "all", the place of the first right answer, or 0."""
    found = defaultdict(list)
    for kind, query, right in queries:
        addresses = answers(query)
        place = next((n for n, one in enumerate(addresses, start=1) if one in right), 0)
        found[kind].append(place)
        found["all"].append(place)
        if os.environ.get("SHOW") and place != 1 and answers is by_ours:
            print(place, kind, "|", query, "|", right[:1], addresses[:3])
    return found


def report(name: str, found: dict[str, list[int]]) -> None:
    """Print a line for each kind of query."""
    for kind, ranks in found.items():
        first = sum(place == 1 for place in ranks) / len(ranks)
        five = sum(0 < place <= 5 for place in ranks) / len(ranks)
        mean = sum(1 / place for place in ranks if place) / len(ranks)
        line = f"{name}, {kind}"
        print(f"{line:<36}{len(ranks):>8}{first:>11.2f}{five:>11.2f}{mean:>7.2f}", flush=True)


def by_title(query: str) -> list[str]:
    """Every word in the title, the newest first."""
    has_all = reduce(and_, (Q(title__icontains=word) for word in query.split()))
    return addresses(Talk.objects.filter(has_all).newest_first()[:LOOKED_AT])


def by_defaults(query: str) -> list[str]:
    """`websearch_to_tsquery` and `ts_rank` as they come."""
    names = Coalesce(StringAgg("speakers__name", " "), Value(""), output_field=TextField())
    vector = SearchVector("title", "abstract", "names", config="english")
    asked = SearchQuery(query, config="english", search_type="websearch")
    found = Talk.objects.annotate(names=names).annotate(vector=vector).filter(vector=asked)
    return addresses(
        found.annotate(rank=SearchRank(F("vector"), asked)).order_by("-rank")[:LOOKED_AT]
    )


def by_ours(query: str) -> list[str]:
    """The search page's first results of any kind, or those shown in place of none."""
    request = RequestFactory().get("/search/")
    with search_limits():
        found = find(Search(query), request)
        if not found.number and (better := help_for(found).instead):
            found = find(better, request)
    return [address_of(document) for document in found.page.rows]


def address_of(document: SearchDocument) -> str:
    """Return the address of the talk that a document leads to; '' for none."""
    return addresses([document.talk])[0] if document.talk else ""


def addresses(talks: object) -> list[str]:
    """Return the addresses of talks."""
    return [f"{talk.conference.slug}/{talk.slug}" for talk in talks]  # type: ignore[attr-defined]  # -- any iterable
