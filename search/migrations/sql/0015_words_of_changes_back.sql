DROP FUNCTION search_missing_words();
DROP TRIGGER search_words_updated ON search_searchdocument;
