"""Whether what is kept beside each text is what the text says: HTML, mentions, follow-ups.

It is written with the text; this is for what goes round that: a table restored on its own, a hand
in the database.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from foundation.text.markdown import RENDERER_VERSION
from recaps.models import Recap
from recaps.rendering import follow_ups_in, mentions_in, render_again, rendering_of

BATCH_SIZE = 200


def wrongly_rendered() -> Iterator[int]:
    """Yield the ids of recaps of which anything kept differs. Renders every text anew."""
    last = 0
    while batch := list(_loaded(last)):
        yield from (recap.pk for recap in batch if not _is_right(recap))
        last = batch[-1].pk


def mend_rendered() -> list[int]:
    """Render anew what differs, and return which that was."""
    wrong = list(wrongly_rendered())
    render_again(Recap.objects.filter(pk__in=wrong))
    return wrong


def _loaded(after: int) -> QuerySet[Recap]:
    rows = Recap.objects.filter(pk__gt=after).select_related("talk", "conference")
    return rows.prefetch_related("mentions", "follow_ups").order_by("pk")[:BATCH_SIZE]


def _is_right(recap: Recap) -> bool:
    rendering = rendering_of(recap)
    mentioned = {mention.kind_and_id for mention in recap.mentions.all()}
    wanted = [(f.position, f.text, f.is_done) for f in recap.follow_ups.all()]
    return (
        recap.body_html == rendering.html
        and recap.renderer_version == RENDERER_VERSION
        and mentioned == mentions_in(recap, rendering).keys()
        and wanted == follow_ups_in(rendering)
    )
