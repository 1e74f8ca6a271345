DROP FUNCTION search_unspaced(text);
DROP FUNCTION search_names_vector(text, text, text);
DROP FUNCTION search_own_vector(text, text, text);
DROP FUNCTION search_plain(text);
