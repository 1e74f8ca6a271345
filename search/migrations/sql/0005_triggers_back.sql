DO $$
DECLARE
    each record;
BEGIN
    FOR each IN
        SELECT tgname, tgrelid::regclass AS tabled FROM pg_trigger
        WHERE tgname IN ('search_inserted', 'search_updated', 'search_deleted')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', each.tgname, each.tabled);
    END LOOP;
END
$$;
DROP FUNCTION search_series_updated();
DROP FUNCTION search_series_inserted();
DROP FUNCTION search_conference_updated();
DROP FUNCTION search_conference_inserted();
DROP FUNCTION search_refresh_conferences(bigint[]);
DROP FUNCTION search_speaker_alias_changed();
DROP FUNCTION search_speaker_updated();
DROP FUNCTION search_speaker_inserted();
DROP FUNCTION search_refresh_speakers(bigint[]);
DROP FUNCTION search_recap_deleted();
DROP FUNCTION search_recap_updated();
DROP FUNCTION search_recap_inserted();
DROP FUNCTION search_refresh_recaps(bigint[], bigint[]);
DROP FUNCTION search_recording_changed();
DROP FUNCTION search_credit_changed();
DROP FUNCTION search_hold_conferences(bigint[]);
DROP FUNCTION search_talk_updated();
DROP FUNCTION search_talk_inserted();
