"""The front: home page, about, robots.txt."""

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conferences.models import Conference
from notes_site.public_pages import public_page
from recaps.models import Recap
from speakers.models import Speaker
from talks.models import Tag, Talk

RECAPS_SHOWN = 8
CONFERENCES_SHOWN = 6
TAGS_SHOWN = 24


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is new and what is on, and the ways into the library."""
    conferences = Conference.objects.with_counts()
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
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is and how to use it."""
    return render(request, "about.html")


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is not for them, and where the sitemap is."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('search')}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for an icon unasked, as they do on admin pages, to the site's own."""
    return redirect(static("img/favicon.svg"))


def library_figures() -> dict[str, int]:
    """Return how many conferences, talks, speakers and published recaps there are. One query."""
    kinds: dict[str, QuerySet] = {
        "conferences": Conference.objects.all(),
        "talks": Talk.objects.all(),
        "speakers": Speaker.objects.all(),
        "recaps": Recap.objects.published(),
    }
    first, *others = [_counted(name, rows) for name, rows in kinds.items()]
    return {**dict.fromkeys(kinds, 0), **dict(first.union(*others, all=True))}


def _counted(name: str, rows: QuerySet) -> QuerySet:
    named = rows.order_by().annotate(counted=Value(name)).values("counted")
    return named.annotate(number=Count("pk")).values_list("counted", "number")
