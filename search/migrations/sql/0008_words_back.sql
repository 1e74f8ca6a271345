DROP TRIGGER search_words_inserted ON search_searchdocument;
DROP FUNCTION search_rebuild_words();
DROP FUNCTION search_is_word(text);
DROP FUNCTION search_words_added();
