"""Whether the kept topics of recaps are right, and writing them anew where they are not.

The triggers keep them right (migration 0008); this is for what goes round them: a table restored
on its own, a disabled trigger, a hand in the database.
"""

from typing import Any

from django.db import connection, transaction

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


def wrong_topics() -> list[int]:
    """Return the ids of recaps whose topics are wrong. One query over everything."""
    return [pk for (pk,) in _rows(_DIFFERING)]


def mend_topics() -> list[int]:
    """Put wrong topics right, and return the ids of their recaps. One transaction."""
    with transaction.atomic():
        wrong = wrong_topics()
        _rows(_REFRESH, [wrong])
    return wrong


def _rows(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Return what a statement gives, which may take longer than a page may."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, parameters)
        return cursor.fetchall()
