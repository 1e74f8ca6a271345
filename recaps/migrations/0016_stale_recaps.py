"""What a recap mentions gets another name or address, or goes: the recap's HTML is stale.

Said by triggers, so that it holds whoever writes. A stale recap has renderer version 0, as one has
that was never rendered: it is shown as its text says now, and `rebuild_recaps` stores that.
"""

from django.db import migrations

_MARK = """
-- In the order of their ids, so that two who mark the same recaps wait for, and never block, each other.
CREATE FUNCTION recaps_mark_stale(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE recaps_recap SET renderer_version = 0 WHERE id IN (
        SELECT id FROM recaps_recap WHERE id = ANY (ids) AND renderer_version <> 0
        ORDER BY id FOR NO KEY UPDATE
    )
$$;

CREATE FUNCTION recaps_stale_without_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM recaps_mark_stale(array_agg(recap_id)) FROM old_rows HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER recaps_stale_without_mention AFTER DELETE ON recaps_mention
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_stale_without_mention();
CREATE TRIGGER recaps_stale_with_other_mention AFTER UPDATE ON recaps_mention
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_stale_without_mention();
"""
_MARK_BACK = """
DROP FUNCTION recaps_stale_without_mention() CASCADE;
DROP FUNCTION recaps_mark_stale(bigint[]);
"""
_THING = """
CREATE FUNCTION recaps_stale_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM recaps_mark_stale(array_agg(mention.recap_id))
    FROM new_rows AS after JOIN old_rows AS before USING (id) {joins}
    WHERE ({after}) IS DISTINCT FROM ({before})
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER recaps_stale_{kind} AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION recaps_stale_{kind}();
"""
# A talk's address begins with its conference's.
_OF_CONFERENCE = """JOIN LATERAL (
        SELECT recap_id FROM recaps_mention WHERE conference_id = after.id
        UNION
        SELECT recap_id FROM recaps_mention
        WHERE talk_id IN (SELECT id FROM talks_talk WHERE conference_id = after.id)
    ) AS mention ON true"""
_THINGS = (
    ("talk", "talks_talk", ("slug", "title", "conference_id"), ""),
    ("speaker", "speakers_speaker", ("slug", "name"), ""),
    ("conference", "conferences_conference", ("slug", "title"), _OF_CONFERENCE),
    ("tag", "talks_tag", ("slug", "name"), ""),
)


def _following(kind: str, table: str, columns: tuple[str, ...], joins: str) -> migrations.RunSQL:
    made = _THING.format(
        kind=kind,
        table=table,
        joins=joins or f"JOIN recaps_mention AS mention ON mention.{kind}_id = after.id",
        after=", ".join(f"after.{column}" for column in columns),
        before=", ".join(f"before.{column}" for column in columns),
    )
    return migrations.RunSQL(made, f"DROP FUNCTION recaps_stale_{kind}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("recaps", "0015_languages_are_tags"),
        ("talks", "0011_folded_names"),
        ("speakers", "0005_folded_names"),
        ("conferences", "0004_old_addresses_stay"),
    ]

    operations = [
        migrations.RunSQL(_MARK, _MARK_BACK),
        *(_following(*thing) for thing in _THINGS),
    ]
