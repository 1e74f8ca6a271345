-- Words of titles and names. A new one is a row that another transaction may be adding too; nobody
-- waits for that: whoever finds the words being added leaves its own to the next rebuilding.
CREATE FUNCTION search_words_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_try_advisory_xact_lock(hashtext('search_words_added')) THEN
        INSERT INTO search_searchword (word, documents)
        SELECT lexeme, count(*) FROM (
            SELECT unnest(tsvector_to_array(to_tsvector('notes_simple', search_plain(title)))) AS lexeme
            FROM new_rows WHERE kind <> 'recap'
        ) AS words
        WHERE search_is_word(lexeme) AND NOT EXISTS (SELECT FROM search_searchword WHERE word = lexeme)
        GROUP BY lexeme ORDER BY lexeme
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- Letters only, three to forty of them.
CREATE FUNCTION search_is_word(lexeme text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT lexeme ~ '^[[:alpha:]]{3,40}$' $$;

CREATE FUNCTION search_rebuild_words() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('search_words_added'));
    DELETE FROM search_searchword;
    INSERT INTO search_searchword (word, documents)
    SELECT word, sum(ndoc)::integer FROM (
        SELECT word, ndoc FROM ts_stat(
            'SELECT to_tsvector(''notes_simple'', search_plain(title)) FROM search_searchdocument WHERE kind <> ''recap'''
        )
        UNION ALL
        SELECT word, ndoc FROM ts_stat(
            'SELECT to_tsvector(''notes_simple'', search_plain(name)) FROM talks_tag WHERE id IN (SELECT tag_id FROM talks_taggedtalk)'
        )
    ) AS words
    WHERE search_is_word(word) GROUP BY word;
END
$$;

CREATE TRIGGER search_words_inserted AFTER INSERT ON search_searchdocument
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_words_added();
