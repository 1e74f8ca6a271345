-- Whether this transaction writes so much that it makes the documents itself, at its end. It says
-- so by `SET LOCAL notes.search = 'paused'`, and then owes a rebuilding.
CREATE OR REPLACE FUNCTION search_is_paused() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('notes.search', true), '') = 'paused'
$$;

-- Bring the documents of some objects up to date. `kind` is the documents' kind, `ids` those of
-- the objects; NULL, as array_agg returns for no rows, means none. See search_talk_rows for `whole`.
--
-- The documents are locked first, and only then is anything read: of two transactions that change
-- one talk, the second waits here, and then sees what the first wrote. (Each statement of a
-- VOLATILE function has a snapshot of its own.)
CREATE OR REPLACE FUNCTION search_refresh(kind text, ids bigint[], whole boolean) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF ids IS NULL OR cardinality(ids) = 0 OR search_is_paused() THEN
        RETURN;
    END IF;
    ids := ARRAY(SELECT DISTINCT id FROM unnest(ids) AS asked (id) ORDER BY id);
    EXECUTE format(
        'SELECT FROM search_searchdocument WHERE kind = %L AND %I = ANY ($1) ORDER BY id FOR NO KEY UPDATE',
        kind, kind || '_id'
    ) USING ids;
    EXECUTE format($statement$
        WITH fresh AS MATERIALIZED (
            SELECT * FROM %1$I($1, $2)
        ), gone AS (
            DELETE FROM search_searchdocument AS document
            WHERE document.kind = %2$L AND document.%3$I = ANY ($1)
                -- NOT IN is hashed, whatever the planner thinks of the numbers.
                AND (document.%3$I, document.visible_from) NOT IN (
                    SELECT %3$I, visible_from FROM fresh
                )
        )
        INSERT INTO search_searchdocument AS document (
            kind, visible_from, visible_until, talk_id, recap_id, speaker_id, conference_id,
            series_id, sort_date, year, language, configuration, speaker_ids, has_recap,
            has_recording, title, vector, trigrams
        )
        SELECT kind, visible_from, visible_until, talk_id, recap_id, speaker_id, conference_id,
            series_id, sort_date, year, language, configuration, speaker_ids, has_recap,
            has_recording, title, vector, trigrams
        FROM fresh
        ON CONFLICT (%3$I, visible_from) WHERE kind = %2$L DO UPDATE SET
            visible_until = excluded.visible_until, talk_id = excluded.talk_id,
            conference_id = excluded.conference_id, series_id = excluded.series_id,
            sort_date = excluded.sort_date, year = excluded.year, language = excluded.language,
            configuration = excluded.configuration,
            speaker_ids = excluded.speaker_ids, has_recap = excluded.has_recap,
            has_recording = excluded.has_recording, title = excluded.title,
            vector = excluded.vector, trigrams = excluded.trigrams
        WHERE search_differs(document, excluded)
    $statement$, 'search_' || kind || '_rows', kind, kind || '_id') USING ids, whole;
END
$$;

-- The talks, and the recaps about them, which show the talks' names.
CREATE OR REPLACE FUNCTION search_refresh_talks(ids bigint[], whole boolean) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM search_refresh('talk', ids, whole);
    PERFORM search_refresh('recap', array_agg(recap.id), whole)
    FROM recaps_recap AS recap
    WHERE recap.talk_id = ANY (ids) AND search_is_published(recap.status, recap.deleted_at);
END
$$;
