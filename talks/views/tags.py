"""Pages of tags: the list, one tag over the years, two tags together."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.pages.moved import moved_or_missing
from foundation.pages.paging import Page, page_of
from foundation.pages.public_page import CURSOR, public_page
from recaps.models import Recap, RecapQuerySet
from talks.models import Tag, Talk
from talks.overview import overview_of_topic
from talks.programme import talks_by_conference
from talks.tagging.index import tag_index

RECAPS_SHOWN = 6


@public_page("by")
def tags(request: HttpRequest) -> HttpResponse:
    """Show all tags from A to Z; with `?by=use` the most used first."""
    by_use = request.GET.get("by") == "use"
    return render(request, "talks/tags.html", {"index": tag_index(), "by_use": by_use})


@public_page(*CURSOR)
def tag(request: HttpRequest, tag_slug: str) -> HttpResponse:
    """Show one tag: its years, its speakers, its recaps and its talks."""
    known = Tag.objects.known_to_readers()
    topic = known.filter(slug=tag_slug).with_other_names().first()
    if topic is None:
        at_old_address = known.at_old_address(tag_slug)
        return moved_or_missing(at_old_address, _("There is no tag at this address."))
    page = _page_of_talks(request, [topic])
    context = {
        "tag": topic,
        "page": page,
        "years": talks_by_conference(page),
        "overview": overview_of_topic([topic]),
        "recaps": _newest_recaps([topic]),
        "mentions": Recap.objects.published().latest_mentioning(topic),
    }
    return render(request, "talks/tag.html", context)


@public_page(*CURSOR)
def tag_pair(request: HttpRequest, first_slug: str, second_slug: str) -> HttpResponse:
    """Show two tags together. Each pair has one URL, in the order of the slugs."""
    wanted = [first_slug, second_slug]
    found = Tag.objects.known_to_readers().at_any_addresses(wanted)
    if missing := [slug for slug in wanted if slug not in found]:
        names = ", ".join(f"“{slug}”" for slug in dict.fromkeys(missing))
        raise Http404(_("There is no tag %(names)s.") % {"names": names})
    pair = sorted(set(found.values()), key=lambda tag: tag.slug)
    if [tag.slug for tag in pair] != wanted:
        return HttpResponsePermanentRedirect(pair_address(pair))
    page = _page_of_talks(request, pair)
    context = {
        "pair": pair,
        "page": page,
        "years": talks_by_conference(page),
        "overview": overview_of_topic(pair),
        "recaps": _newest_recaps(pair),
    }
    return render(request, "talks/tag_pair.html", context)


def pair_address(tags: Iterable[Tag]) -> str:
    """Return the URL of two tags together; of one tag if both are the same."""
    pair = sorted(set(tags), key=lambda tag: tag.slug)
    if len(pair) == 1:
        return pair[0].get_absolute_url()
    return reverse("tag-pair", args=[tag.slug for tag in pair])


def _newest_recaps(topic: list[Tag]) -> RecapQuerySet:
    published = Recap.objects.published().for_cards()
    return published.newest_of_topic(topic, most=RECAPS_SHOWN)


def _page_of_talks(request: HttpRequest, topic: list[Tag]) -> Page[Talk]:
    """Return a page of the talks with all of these tags, read in the order of their index."""
    return page_of(
        Talk.objects.of_topic(topic).for_cards().with_recap_counts(),
        request,
        order=("-sort_date", "-id"),
        columns=("topic_day", "topic_talk"),
    )
