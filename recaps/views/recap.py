"""Pages of recaps and of their authors. Only published recaps have a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.pages.moved import moved_or_missing
from foundation.pages.paging import page_of
from foundation.pages.public_page import CURSOR, public_page
from recaps.models import Recap
from recaps.rendering import freshen
from recaps.structured import article_of


@public_page()
def recap(request: HttpRequest, recap_slug: str) -> HttpResponse:
    """Show one recap in full. Its page is canonical for its text, the talk's page for the talk."""
    published = Recap.objects.published()
    found = published.for_reading().filter(slug=recap_slug).first()
    if found is None:
        at_old_address = published.at_old_address(recap_slug)
        return moved_or_missing(at_old_address, _("There is no recap at this address."))
    freshen([found])
    parts = published.parts_beside(found) if found.part_number else ()
    context = {"recap": found, "parts": parts, "structured": [article_of(found)]}
    return render(request, "recaps/recap.html", context)


@public_page()
def authors(request: HttpRequest) -> HttpResponse:
    """List the authors of published recaps, the most recent first."""
    people = Recap.objects.published().authors_with_counts()
    return render(request, "recaps/authors.html", {"authors": people})


@public_page(*CURSOR)
def author(request: HttpRequest, author_slug: str) -> HttpResponse:
    """Show one author's recaps, newest first. 404 for a person who published nothing."""
    authors = Recap.objects.published().authors()
    person = authors.filter(slug=author_slug).first()
    if person is None:
        at_old_address = authors.at_old_address(author_slug)
        return moved_or_missing(at_old_address, _("There is no author at this address."))
    recaps = Recap.objects.published().by_author(person)
    page = page_of(recaps.for_cards(), request, order=("-published_at", "-id"))
    context = {"author": person, "page": page, "number": recaps.count()}
    return render(request, "recaps/author.html", context)
