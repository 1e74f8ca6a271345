"""Adding tags to talks and removing them: any number of talks in a few statements.

Both verbs are one transaction that changes all of the talks or none, write one history entry for
each talk that changed where a person did it, and change nothing when repeated.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import CHANGE
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Count

from foundation.logs.lines import log_when_done
from talks.models import Tag, Talk, TalkQuerySet
from talks.tagging.selection import Selection, SelectionChanged

if TYPE_CHECKING:
    from accounts.models import User

# Raw SQL, because the ORM has no INSERT … SELECT: it would fetch and send every row, and the
# history's too. The text is constant and every value a parameter. Talks and tags are locked
# against deletion, in the order of their ids, so that two of these cannot block each other.
_CHOSEN = """
WITH talk AS MATERIALIZED (
    SELECT id, title, sort_date FROM talks_talk
    WHERE id = ANY(%(talks)s::bigint[]) ORDER BY id FOR KEY SHARE
), tag AS MATERIALIZED (
    SELECT id, name, key FROM talks_tag
    WHERE id = ANY(%(tags)s::bigint[]) ORDER BY id FOR KEY SHARE
), changed AS ("""
_INSERT = """
    INSERT INTO talks_taggedtalk (tag_id, content_object_id, added_by_id, sort_date)
    SELECT tag.id, talk.id, %(by)s, talk.sort_date FROM talk CROSS JOIN tag ORDER BY talk.id, tag.id
    ON CONFLICT (tag_id, content_object_id) DO NOTHING
    RETURNING tag_id, content_object_id"""
_DELETE = """
    DELETE FROM talks_taggedtalk AS tagged USING talk, tag
    WHERE tagged.content_object_id = talk.id AND tagged.tag_id = tag.id
    RETURNING tagged.tag_id, tagged.content_object_id"""
# The history's text is what Django's own forms write ([{"added": {"name": …, "object": …}}]), so
# the admin shows it in the reader's language; the batch is the same for all talks of one call.
# It is made once for each combination of tags, since most talks share one.
_HISTORY = """
), changed_talk AS (
    SELECT content_object_id AS id, array_agg(tag_id ORDER BY tag_id) AS tags
    FROM changed GROUP BY content_object_id
), message AS (
    SELECT tags, (
        SELECT jsonb_agg(jsonb_build_object(%(verb)s::text,
            jsonb_build_object('name', 'tag', 'object', tag.name)) ORDER BY tag.key)
        FROM tag WHERE tag.id = ANY(tags)
    ) || jsonb_build_array(jsonb_build_object('batch', %(batch)s::text)) AS content
    FROM (SELECT DISTINCT tags FROM changed_talk) AS combination
), history AS (
    INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr,
                                  action_flag, change_message)
    SELECT now(), %(by)s, %(content_type)s, talk.id::text, left(talk.title, 200), %(flag)s,
           message.content::text
    FROM changed_talk JOIN message USING (tags) JOIN talk USING (id)
    WHERE %(by)s IS NOT NULL
)
SELECT count(*) FROM changed_talk"""
_ADD = _CHOSEN + _INSERT + _HISTORY
_REMOVE = _CHOSEN + _DELETE + _HISTORY


@dataclass(frozen=True)
class Tagging:
    """What adding or removing tags did, or would do, in numbers of talks."""

    changed: int
    unchanged: int


@dataclass(frozen=True)
class TagOnTalks:
    """On how many of some talks a tag is, and by whom; by nobody known where it was imported."""

    tag: Tag
    count: int = 0
    by: tuple[tuple[str, int], ...] = ()
    by_others: int = 0


Verb = Callable[..., Tagging]


def add_tags(
    talks: TalkQuerySet,
    tags: Iterable[Tag],
    *,
    by: "User | None",
    new: Sequence[str] = (),
    confirmed: Selection | None = None,
) -> Tagging:
    """Add all of the tags to all of the talks.

    Args:
        talks: the talks, filtered in any way; at most a few million.
        tags: the tags.
        by: who does it; with None there is no history.
        new: names of further tags, which are made.
        confirmed: what a person agreed to. Raises SelectionChanged, and changes nothing, where
            the talks are no longer those.

    Returns how many talks got at least one of the tags, and how many had them all. At most six
    queries. A talk or tag deleted meanwhile is passed over.
    """
    ids = _ids(talks, confirmed)
    with transaction.atomic(savepoint=False):
        made = Tag.objects.make(new).tags() if new else []
        tagging = _change(_ADD, "added", ids, [*tags, *made], by)
        log_when_done("tags added", by=by, what=f"{tagging.changed} of {len(ids)} talks")
        return tagging


def remove_tags(
    talks: TalkQuerySet,
    tags: Iterable[Tag],
    *,
    by: "User | None",
    confirmed: Selection | None = None,
) -> Tagging:
    """Remove all of the tags from all of the talks; see `add_tags`.

    Returns how many talks lost at least one of the tags, and how many had none of them. At most
    three queries.
    """
    ids = _ids(talks, confirmed)
    with transaction.atomic(savepoint=False):
        tagging = _change(_REMOVE, "deleted", ids, tags, by)
        log_when_done("tags removed", by=by, what=f"{tagging.changed} of {len(ids)} talks")
        return tagging


def preview_adding(talks: TalkQuerySet, tags: Iterable[Tag], *, new: int) -> Tagging:
    """Return what `add_tags` would do with these tags and some new ones. At most two queries."""
    count = talks.count()
    had = 0 if new else talks.tagged_with_all(tags).count()
    return Tagging(changed=count - had, unchanged=had)


def preview_removing(talks: TalkQuerySet, tags: Iterable[Tag], *, new: int) -> Tagging:
    """Return what `remove_tags` would do; no talk has a new tag. Two queries."""
    having = talks.tagged_with_any(tags).count()
    return Tagging(changed=having, unchanged=talks.count() - having)


def on_talks(talks: TalkQuerySet, tags: Iterable[Tag], *, seen_by: "User") -> list[TagOnTalks]:
    """Return for each tag on how many of the talks it is, who put it there the most first.

    Args:
        seen_by: who asks; `by_others` are those that somebody else, or an import, put there.

    One query.
    """
    wanted = list(tags)
    rows = talks.order_by().filter(tagged__tag__in=wanted)
    columns = ("tagged__tag", "tagged__added_by", "tagged__added_by__public_name")
    counted = rows.values_list(*columns).annotate(number=Count("pk")).order_by("-number", *columns)
    by_tag: dict[int, list[tuple[int | None, str, int]]] = {tag.pk: [] for tag in wanted}
    for tag_id, person_id, name, number in counted:
        by_tag[tag_id].append((person_id, name or "", number))
    return [_on_talks(tag, by_tag[tag.pk], seen_by.pk) for tag in wanted]


def _on_talks(tag: Tag, found: list[tuple[int | None, str, int]], person: int) -> TagOnTalks:
    return TagOnTalks(
        tag,
        count=sum(number for _id, _name, number in found),
        by=tuple((name, number) for _id, name, number in found),
        by_others=sum(number for pk, _name, number in found if pk != person),
    )


@transaction.atomic
def set_tags(
    row: Any, names: Iterable[str], *, by: "User | None", instead_of: Iterable[Tag] | None = None
) -> list[Tag]:
    """Give one talk, or one recap, the tags that the names mean; new ones are made.

    What it has stays as it is, with who added it; what it has and no name means is taken off.

    Args:
        instead_of: the tags that a person saw when they wrote the names. Others, which came
            meanwhile, stay.

    Returns the tags. At most eight queries.
    """
    tags = Tag.objects.resolve(names).tags()
    through = type(row).tags.through
    rows = through.objects.filter(content_object=row)
    rows = rows if instead_of is None else rows.filter(tag__in=list(instead_of))
    rows.exclude(tag__in=tags).delete()
    through.objects.bulk_create(
        [through(content_object=row, tag=tag, added_by=by) for tag in tags], ignore_conflicts=True
    )
    return tags


def _ids(talks: TalkQuerySet, confirmed: Selection | None) -> list[int]:
    """Return the talks' ids, the very ones that are then written. One query."""
    ids = list(talks.order_by().values_list("pk", flat=True))
    if confirmed is not None and Selection.of(ids) != confirmed:
        raise SelectionChanged
    return ids


def _change(
    statement: str, verb: str, ids: list[int], tags: Iterable[Tag], by: "User | None"
) -> Tagging:
    values = {
        "talks": _array(ids),
        "tags": _array(tag.pk for tag in tags),
        "by": by.pk if by else None,
        "content_type": ContentType.objects.get_for_model(Talk).pk,
        "flag": CHANGE,
        "verb": verb,
        "batch": str(uuid.uuid4()),
    }
    with connection.cursor() as cursor:
        # A page's query never runs for long (see settings); this work may, for its transaction.
        cursor.execute(
            "SELECT set_config('statement_timeout', '10min', true),"
            " set_config('lock_timeout', '1min', true)"
        )
        cursor.execute(statement, values)
        changed: int = cursor.fetchone()[0]
    return Tagging(changed=changed, unchanged=len(ids) - changed)


def _array(ids: Iterable[int]) -> str:
    """Return ids as one constant; as a list of their own each would be parsed as an expression."""
    return "{" + ",".join(map(str, ids)) + "}"
