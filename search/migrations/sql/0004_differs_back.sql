DROP FUNCTION search_differing(text, bigint[]);
DROP FUNCTION search_key(text, timestamptz);
DROP FUNCTION search_differs(search_searchdocument, search_searchdocument);
