"""The search page and its autocomplete endpoint."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from foundation.pages.public_page import CURSOR, public_page
from search.describe import Names, chips_of, sentence_of
from search.facet_counts import facets_of
from search.forms import SearchForm
from search.limits import (
    TooComplicatedError,
    TooSlowError,
    if_time_is_left,
    refusal,
    search_limits,
    unread,
)
from search.query import PARAMETERS
from search.results import Found, find, hits_of
from search.suggestions import help_for, suggestions


@public_page(*PARAMETERS, *CURSOR)
def search(request: HttpRequest) -> HttpResponse:
    """Show the results of `?q=…` and the chosen facets; without either, a help page."""
    form = SearchForm(request.GET)
    wanted = form.search
    context = {"query": form.query, "search": wanted}
    if not wanted:
        return render(request, "search/search.html", context)
    try:
        with search_limits():
            found = find(wanted, request)
            names = Names(wanted)
            context |= {
                "found": found,
                "chips": chips_of(wanted, names),
                "sentence": sentence_of(wanted, names),
            }
            context |= _shown(found) if found.number else _instead(found, request)
    except (TooComplicatedError, TooSlowError) as error:
        return refusal(request, context, error)
    response = render(request, "search/search.html", context)
    if context.get("is_part"):
        response.headers["Cache-Control"] = "no-store"
    return response


@public_page("q")
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Return the names that begin with `?q=…`, for static/search/suggestions.js."""
    try:
        with search_limits():
            return JsonResponse({"suggestions": suggestions(SearchForm(request.GET).query)})
    except (TooComplicatedError, TooSlowError) as error:
        return unread(JsonResponse({"suggestions": []}), error)


def _shown(found: Found) -> dict[str, Any]:
    """Return the results; without facets if counting them exceeds the time limit."""
    hits = hits_of(found)
    try:
        with if_time_is_left():
            return {"hits": hits, "facets": facets_of(found)}
    except TooSlowError:
        return {"hits": hits, "is_part": True}


def _instead(found: Found, request: HttpRequest) -> dict[str, Any]:
    """Return suggestions, and the results of the most similar search, if there is time for it."""
    try:
        with if_time_is_left():
            help_ = help_for(found)
            better = find(help_.instead, request) if help_.instead else None
            return {"help": help_, "better": better, "hits": hits_of(better) if better else []}
    except TooSlowError:
        return {"is_part": True}
