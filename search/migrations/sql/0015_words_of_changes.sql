-- A title that changes has new words too.
CREATE TRIGGER search_words_updated AFTER UPDATE ON search_searchdocument
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_words_added();

-- Words of titles that are not among those for right spellings.
CREATE FUNCTION search_missing_words() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT word FROM ts_stat(
        'SELECT to_tsvector(''notes_simple'', search_plain(title)) FROM search_searchdocument WHERE kind <> ''recap'''
    ) WHERE search_is_word(word)
    EXCEPT SELECT word FROM search_searchword ORDER BY 1
$$;
