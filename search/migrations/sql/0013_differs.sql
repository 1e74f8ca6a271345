-- Whether two documents of one object and moment say something else, or were made in another way.
-- In plpgsql, whose columns are looked up late: the table is made before all of them are there.
CREATE OR REPLACE FUNCTION search_differs(one search_searchdocument, other search_searchdocument)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (
        one.visible_until, one.talk_id, one.recap_id, one.speaker_id, one.conference_id,
        one.series_id, one.sort_date, one.year, one.language, one.configuration,
        one.speaker_ids, one.has_recap, one.has_recording, one.title, one.vector, one.trigrams,
        one.made_with
    ) IS DISTINCT FROM (
        other.visible_until, other.talk_id, other.recap_id, other.speaker_id, other.conference_id,
        other.series_id, other.sort_date, other.year, other.language, other.configuration,
        other.speaker_ids, other.has_recap, other.has_recording, other.title, other.vector, other.trigrams,
        other.made_with
    );
END
$$;

-- Of these objects, those whose documents are missing, superfluous, doubled or say something else.
-- What a talk's documents said before now is nobody's business any more.
CREATE OR REPLACE FUNCTION search_differing(kind text, ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE format($statement$
        WITH fresh AS MATERIALIZED (
            SELECT %3$I AS object, search_key(%2$L, visible_from) AS key, row_of AS ought
            FROM %1$I($1, true) AS row_of
        ), kept AS (
            SELECT %3$I AS object, search_key(%2$L, visible_from) AS key, document AS stored,
                count(*) OVER (PARTITION BY %3$I, search_key(%2$L, visible_from)) AS times
            FROM search_searchdocument AS document
            WHERE document.kind = %2$L AND document.%3$I = ANY ($1)
                AND NOT (%2$L = 'talk' AND document.visible_until <= now())
        )
        SELECT DISTINCT object FROM fresh FULL JOIN kept USING (object, key)
        WHERE fresh.key IS NULL OR kept.times IS NULL OR kept.times > 1 OR search_differs(ought, kept.stored)
    $statement$, 'search_' || kind || '_rows', kind, kind || '_id') USING ids;
END
$$;

CREATE OR REPLACE FUNCTION search_key(kind text, visible_from timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN kind = 'talk' AND visible_from <= now() THEN timestamptz '0001-01-01 00:00:00+00'
        ELSE visible_from END
$$;
