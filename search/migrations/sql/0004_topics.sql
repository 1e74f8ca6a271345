-- Tags are in no document: a search looks up the tags that a word means, and then what has them. So
-- tagging writes no document, however many talks it touches. A tag has no language, and is stemmed
-- as English, like a text without one.

-- The blank keeps phrases from running on from the last word to the first. The body is parsed here
-- and now, for an index is also made where no schema is searched for names, as when a dump is
-- restored.
CREATE FUNCTION search_tag_vector(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('notes_simple'::regconfig, search_plain(name))
    || tsvector $$' ':1$$
    || to_tsvector('notes_english'::regconfig, search_plain(name));

CREATE INDEX search_tag_by_words ON talks_tag USING gin (search_tag_vector(name));
CREATE INDEX search_tag_alias_by_words ON talks_tagalias USING gin (search_tag_vector(name));
