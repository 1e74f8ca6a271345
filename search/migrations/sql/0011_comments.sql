-- Makes the documents anew of what has a comment in its text, which is found no more.

SET LOCAL statement_timeout = 0;

DO $$
DECLARE
    source record;
    ids bigint[];
BEGIN
    FOR source IN VALUES
        ('conference', 'conferences_conference', 'description'), ('speaker', 'speakers_speaker', 'bio'),
        ('talk', 'talks_talk', 'abstract'), ('recap', 'recaps_recap', 'body')
    LOOP
        EXECUTE format(
            'SELECT coalesce(array_agg(id), %L) FROM %I WHERE %I LIKE %L', '{}', source.column2, source.column3, '%<!--%'
        ) INTO ids;
        PERFORM search_refresh(source.column1, ids, true);
        IF source.column1 = 'recap' THEN
            PERFORM search_refresh('talk', ARRAY(
                SELECT DISTINCT talk_id FROM recaps_recap WHERE id = ANY (ids) AND talk_id IS NOT NULL
            ), true);
        END IF;
    END LOOP;
END
$$;
