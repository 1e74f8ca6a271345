"""The view that streams the book of a conference."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Conference
from foundation.pages.public_page import public_page
from recaps.book import Book, pieces_of, policy_of, stored_image
from recaps.long_recap import long_recap_of
from recaps.models import Recap
from talks.programme import programme_of


@public_page()
def book(request: HttpRequest, conference_slug: str) -> HttpResponseBase:
    """Stream all recaps of an edition as one self-contained file. 404 if it has none."""
    found = Conference.objects.at_any_address(conference_slug).first()
    if found is None:
        raise Http404(_("There is no conference at this address."))
    if found.slug != conference_slug:
        return HttpResponsePermanentRedirect(reverse("book", args=[found.slug]))
    programme = programme_of(found, found.talks.for_programme())
    published = Recap.objects.published()
    long_recap = long_recap_of(found, programme, published)
    if not long_recap.recaps:
        raise Http404(_("Nobody has written a recap of this conference yet."))
    made = Book(found, programme, long_recap, published, stored_image)
    headers = {"Content-Security-Policy": policy_of(made)}
    return StreamingHttpResponse(pieces_of(made), headers=headers)
