"""The front: home page, about, robots.txt."""

from django.db.models import Count, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from conferences.models import Conference
from foundation.kept.enums import Counted
from foundation.kept.models import KeptCount
from foundation.pages.public_page import public_page, read_only
from foundation.pages.whole_address import whole_address
from recaps.models import Recap
from talks.models import Tag

RECAPS_SHOWN = 8
CONFERENCES_SHOWN = 6
TAGS_SHOWN = 24
_FIGURES = (Counted.CONFERENCES, Counted.TALKS, Counted.SPEAKERS, Counted.RECAPS)


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Show what is new and what is on, and the ways into the library."""
    conferences = Conference.objects.for_lists()
    now = list(conferences.on_around(timezone.localdate())[:CONFERENCES_SHOWN])
    context = {
        "recaps": Recap.objects.published().newest_first().for_cards()[:RECAPS_SHOWN],
        "conferences_now": now,
        "conferences": now or conferences.newest_first()[:CONFERENCES_SHOWN],
        "tags": Tag.objects.most_used()[:TAGS_SHOWN],
        "figures": library_figures(),
    }
    return render(request, "home.html", context)


@public_page()
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is and how to use it."""
    return render(request, "about.html")


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them, and where the sitemap is.

    Searches are open to them: only who reads the page sees that it does not want to be listed.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {whole_address(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for an icon unasked, as they do on admin pages, to the site's own."""
    return redirect(static("img/favicon.svg"))


def library_figures() -> dict[str, int]:
    """Return how many conferences, talks, speakers and published recaps there are. One query."""
    waiting = Recap.objects.scheduled().order_by().annotate(kind=Value(Counted.RECAPS.value))
    less = waiting.values("kind").annotate(total=-Count("pk")).values_list("kind", "total")
    figures = dict.fromkeys((kind.value for kind in _FIGURES), 0)
    for kind, number in KeptCount.objects.totals(*_FIGURES).union(less, all=True):
        figures[kind] += number
    return figures
