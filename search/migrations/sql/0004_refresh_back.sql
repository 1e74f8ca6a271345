DROP FUNCTION search_refresh_talks(bigint[], boolean);
DROP FUNCTION search_refresh(text, bigint[], boolean);
DROP FUNCTION search_is_paused();
