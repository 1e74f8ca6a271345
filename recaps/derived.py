"""Registers the derived data of recaps: finds and repairs wrong HTML, mentions, follow-ups and
topics.

HTML, mentions and follow-ups are written with the text; triggers maintain the topics (migration
0008).
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.kept.registry import DerivedData, long_query, register
from foundation.text.markdown import RENDERER_VERSION
from recaps.models import Recap
from recaps.rendering import follow_ups_in, mentions_in, render_again, rendering_of

BATCH_SIZE = 200
# Recaps with a pair too many, too few, or with another moment.
_DIFFERING = """
    SELECT DISTINCT recap_id
    FROM (SELECT recap_id, tag_id, published_at FROM recaps_recaptopic) AS kept
    FULL JOIN recaps_topics() AS wanted USING (recap_id, tag_id, published_at)
    WHERE kept IS NULL OR wanted IS NULL
    ORDER BY recap_id
"""
_REFRESH = """
    SELECT recaps_topics_refresh(ids, ARRAY(SELECT talk_id FROM recaps_recap WHERE id = ANY (ids)))
    FROM (SELECT %s::bigint[]) AS wrong (ids)
"""


def wrongly_rendered() -> Iterator[int]:
    """Yield the ids of recaps whose derived data differs. Renders every text again."""
    last = 0
    while batch := list(_loaded(last)):
        yield from (recap.pk for recap in batch if not _is_right(recap))
        last = batch[-1].pk


def mend_rendered() -> list[int]:
    """Render the differing recaps again, and return their ids."""
    wrong = list(wrongly_rendered())
    render_again(Recap.objects.filter(pk__in=wrong))
    return wrong


def wrong_topics() -> list[int]:
    """Return the ids of recaps whose topics are wrong. One query over everything."""
    return [pk for (pk,) in long_query(_DIFFERING)]


def mend_topics() -> list[int]:
    """Correct wrong topics, and return the ids of their recaps. One transaction."""
    with transaction.atomic():
        wrong = wrong_topics()
        long_query(_REFRESH, [wrong])
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


register(
    DerivedData(_("recaps as rendered, mentions, follow-ups"), wrongly_rendered, mend_rendered),
    DerivedData(_("topics of recaps"), wrong_topics, mend_topics),
)
