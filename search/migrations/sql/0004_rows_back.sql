DROP FUNCTION search_series_rows(bigint[], boolean);
DROP FUNCTION search_conference_rows(bigint[], boolean);
DROP FUNCTION search_speaker_rows(bigint[], boolean);
DROP FUNCTION search_recap_rows(bigint[], boolean);
DROP FUNCTION search_talk_rows(bigint[], boolean);
