DROP FUNCTION search_has_recording(bigint);
DROP FUNCTION search_topics_of_recap(bigint);
DROP FUNCTION search_topics(bigint);
DROP FUNCTION search_tag_names(bigint);
DROP FUNCTION search_people(bigint);
DROP FUNCTION search_language(text);
DROP FUNCTION search_is_published(text, timestamptz);
