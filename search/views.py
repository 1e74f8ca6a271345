"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notes_site.public_pages import public_page
from search.finding import find
from search.forms import SearchForm


@public_page("q")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what has the words of `?q=…` in its title or name; without words, how to search."""
    form = SearchForm(request.GET)
    found = find(form.words) if form.words else None
    return render(request, "search/search.html", {"query": form.query, "found": found})
