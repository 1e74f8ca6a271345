-- Makes every document anew, two hundred objects at a time. It takes as long as it takes: a minute
-- for some 100,000 talks. Each two hundred are committed: who saves one waits no longer.

DO $$
DECLARE
    source record;
    batch bigint[];
    last bigint;
BEGIN
    FOR source IN VALUES
        ('series', 'conferences_series'), ('conference', 'conferences_conference'),
        ('speaker', 'speakers_speaker'), ('talk', 'talks_talk'), ('recap', 'recaps_recap')
    LOOP
        last := 0;
        LOOP
            EXECUTE format(
                'SELECT array_agg(id) FROM (SELECT id FROM %I WHERE id > $1 ORDER BY id LIMIT 200) AS next',
                source.column2
            ) INTO batch USING last;
            EXIT WHEN batch IS NULL;
            PERFORM search_refresh(source.column1, batch, true);
            last := batch[cardinality(batch)];
            COMMIT;
        END LOOP;
    END LOOP;
END
$$;
