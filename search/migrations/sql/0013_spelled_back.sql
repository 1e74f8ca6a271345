DROP FUNCTION search_spelled(text);
