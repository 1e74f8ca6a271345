"""Pages of tags: all of them with their counts, and one topic over conferences and years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notes_site.moved import moved_or_missing
from notes_site.paging import page_of
from recaps.models import Recap
from talks.archive import span_of
from talks.models import Tag, Talk
from talks.tag_index import tag_index

RECAPS_SHOWN = 6


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """Show the most used tags, and all tags from A to Z."""
    return render(request, "talks/tags.html", {"index": tag_index()})


@require_safe
def tag(request: HttpRequest, tag_slug: str) -> HttpResponse:
    """Show the talks with one tag, the newest first, and the newest recaps about it."""
    topic = Tag.objects.filter(slug=tag_slug).prefetch_related("aliases").first()
    if topic is None:
        at_old_address = Tag.objects.at_old_address(tag_slug)
        return moved_or_missing(at_old_address, _("There is no tag at this address."))
    talks = Talk.objects.tagged(topic)
    recaps = Recap.objects.published().tagged(topic).newest_first().for_cards()
    context = {
        "tag": topic,
        "page": page_of(
            talks.for_cards().with_recap_counts(), request, order=("-sort_date", "-id")
        ),
        "span": span_of(talks),
        "recaps": recaps[:RECAPS_SHOWN],
        "mentions": Recap.objects.published().latest_mentioning(topic),
    }
    return render(request, "talks/tag.html", context)
