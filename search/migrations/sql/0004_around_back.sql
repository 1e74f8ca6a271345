DROP FUNCTION search_has_recording(bigint);
DROP FUNCTION search_people(bigint);
DROP FUNCTION search_language(text);
DROP FUNCTION search_is_published(text, timestamptz);
