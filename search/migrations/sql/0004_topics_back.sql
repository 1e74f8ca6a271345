DROP INDEX search_tag_alias_by_words;
DROP INDEX search_tag_by_words;
DROP FUNCTION search_tag_vector(text);
