-- Whatever changes a row that search shows refreshes the documents that show it, in the same
-- transaction and once for each statement, whoever wrote it and however.
--
-- A row that joins two things (a credit) locks the names it joins: FOR SHARE waits for a rename
-- under way in another transaction, and makes the next one wait, so that one of the two sees what
-- the other wrote. Tags are in no document (topics.sql), so tagging refreshes nothing.

-- Talks -----------------------------------------------------------------------------------------

CREATE FUNCTION search_talk_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_hold_conferences(array_agg(DISTINCT conference_id)) FROM new_rows;
    PERFORM search_refresh('talk', array_agg(id), true) FROM new_rows;
    RETURN NULL;
END
$$;

CREATE FUNCTION search_talk_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    SELECT array_agg(after.id) INTO changed FROM new_rows AS after JOIN old_rows AS before USING (id)
    WHERE (after.title, after.abstract, after.language, after.given_on, after.conference_id, after.speakers_note)
        IS DISTINCT FROM
        (before.title, before.abstract, before.language, before.given_on, before.conference_id, before.speakers_note);
    IF changed IS NOT NULL THEN
        PERFORM search_hold_conferences(array_agg(DISTINCT conference_id)) FROM new_rows;
        PERFORM search_refresh_talks(changed, true);
    END IF;
    RETURN NULL;
END
$$;

-- The conferences of new talks and recaps, and their series, keep their names until we are done.
CREATE FUNCTION search_hold_conferences(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM conferences_conference WHERE id = ANY (ids) ORDER BY id FOR SHARE;
    PERFORM FROM conferences_series WHERE id IN (
        SELECT series_id FROM conferences_conference WHERE id = ANY (ids)
    ) ORDER BY id FOR SHARE;
END
$$;

CREATE TRIGGER search_inserted AFTER INSERT ON talks_talk
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_talk_inserted();
CREATE TRIGGER search_updated AFTER UPDATE ON talks_talk
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_talk_updated();

-- Who gave a talk -------------------------------------------------------------------------------

CREATE FUNCTION search_credit_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    talks bigint[];
    before_talks bigint[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(DISTINCT talk_id) INTO talks FROM new_rows;
        PERFORM FROM speakers_speaker WHERE id IN (SELECT speaker_id FROM new_rows) ORDER BY id FOR SHARE;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT array_agg(DISTINCT talk_id) INTO before_talks FROM old_rows;
    END IF;
    PERFORM search_refresh_talks(array_agg(DISTINCT id), false) FROM unnest(talks || before_talks) AS touched (id);
    RETURN NULL;
END
$$;

CREATE TRIGGER search_inserted AFTER INSERT ON talks_talkspeaker
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_credit_changed();
CREATE TRIGGER search_updated AFTER UPDATE ON talks_talkspeaker
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_credit_changed();
CREATE TRIGGER search_deleted AFTER DELETE ON talks_talkspeaker
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_credit_changed();

-- Recordings: only whether a talk has one. No index knows that, so most of these writes are cheap.

CREATE FUNCTION search_recording_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    talks bigint[];
    before_talks bigint[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(DISTINCT talk_id) INTO talks FROM new_rows;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT array_agg(DISTINCT talk_id) INTO before_talks FROM old_rows;
    END IF;
    IF search_is_paused() THEN
        RETURN NULL;
    END IF;
    talks := talks || before_talks;
    PERFORM FROM search_searchdocument WHERE talk_id = ANY (talks) ORDER BY id FOR NO KEY UPDATE;
    UPDATE search_searchdocument AS document SET has_recording = NOT has_recording
    WHERE document.talk_id = ANY (talks)
        AND document.has_recording <> search_has_recording(document.talk_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER search_inserted AFTER INSERT ON talks_recording
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_recording_changed();
CREATE TRIGGER search_updated AFTER UPDATE ON talks_recording
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_recording_changed();
CREATE TRIGGER search_deleted AFTER DELETE ON talks_recording
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_recording_changed();

-- Recaps ----------------------------------------------------------------------------------------

-- `ids` are recaps', `talks` those of the talks that show them, or showed them before.
CREATE FUNCTION search_refresh_recaps(ids bigint[], talks bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_hold_conferences(array_agg(DISTINCT conference_id))
    FROM recaps_recap WHERE id = ANY (ids) AND conference_id IS NOT NULL;
    PERFORM FROM talks_talk WHERE id = ANY (talks) ORDER BY id FOR SHARE;
    PERFORM search_refresh('recap', ids, true);
    PERFORM search_refresh('talk', talks, true);
END
$$;

CREATE FUNCTION search_recap_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh_recaps(array_agg(id), array_agg(DISTINCT talk_id) FILTER (WHERE talk_id IS NOT NULL))
    FROM new_rows WHERE search_is_published(status, deleted_at);
    RETURN NULL;
END
$$;

CREATE FUNCTION search_recap_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh_recaps(
        array_agg(DISTINCT id), array_agg(DISTINCT talk) FILTER (WHERE talk IS NOT NULL)
    )
    FROM (
        SELECT after.id, unnest(ARRAY[after.talk_id, before.talk_id]) AS talk
        FROM new_rows AS after JOIN old_rows AS before USING (id)
        WHERE (search_is_published(after.status, after.deleted_at) OR search_is_published(before.status, before.deleted_at))
            AND (after.talk_id, after.conference_id, after.title, after.summary, after.body, after.language,
                after.status, after.deleted_at, after.published_at)
            IS DISTINCT FROM
                (before.talk_id, before.conference_id, before.title, before.summary, before.body, before.language,
                before.status, before.deleted_at, before.published_at)
    ) AS changed;
    RETURN NULL;
END
$$;

CREATE FUNCTION search_recap_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh('talk', array_agg(DISTINCT talk_id), true)
    FROM old_rows WHERE talk_id IS NOT NULL AND search_is_published(status, deleted_at);
    RETURN NULL;
END
$$;

CREATE TRIGGER search_inserted AFTER INSERT ON recaps_recap
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_recap_inserted();
CREATE TRIGGER search_updated AFTER UPDATE ON recaps_recap
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_recap_updated();
CREATE TRIGGER search_deleted AFTER DELETE ON recaps_recap
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_recap_deleted();

-- Speakers and their other names ----------------------------------------------------------------

CREATE FUNCTION search_refresh_speakers(speakers bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh('speaker', speakers, true);
    PERFORM search_refresh_talks(array_agg(DISTINCT talk_id), false)
    FROM talks_talkspeaker WHERE speaker_id = ANY (speakers);
END
$$;

CREATE FUNCTION search_speaker_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh('speaker', array_agg(id), true) FROM new_rows;
    RETURN NULL;
END
$$;

CREATE FUNCTION search_speaker_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh('speaker', array_agg(after.id), true)
    FROM new_rows AS after JOIN old_rows AS before USING (id) WHERE after.bio <> before.bio;
    PERFORM search_refresh_speakers(array_agg(after.id))
    FROM new_rows AS after JOIN old_rows AS before USING (id) WHERE after.name <> before.name;
    RETURN NULL;
END
$$;

CREATE FUNCTION search_speaker_alias_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    speakers bigint[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(DISTINCT speaker_id) INTO speakers FROM new_rows;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT speakers || array_agg(DISTINCT speaker_id) INTO speakers FROM old_rows;
    END IF;
    PERFORM FROM speakers_speaker WHERE id = ANY (speakers) ORDER BY id FOR NO KEY UPDATE;
    PERFORM search_refresh_speakers(speakers);
    RETURN NULL;
END
$$;

CREATE TRIGGER search_inserted AFTER INSERT ON speakers_speaker
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_speaker_inserted();
CREATE TRIGGER search_updated AFTER UPDATE ON speakers_speaker
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_speaker_updated();
CREATE TRIGGER search_inserted AFTER INSERT ON speakers_speakeralias
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_speaker_alias_changed();
CREATE TRIGGER search_updated AFTER UPDATE ON speakers_speakeralias
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_speaker_alias_changed();
CREATE TRIGGER search_deleted AFTER DELETE ON speakers_speakeralias
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_speaker_alias_changed();

-- Conferences and series ------------------------------------------------------------------------

CREATE FUNCTION search_refresh_conferences(conferences bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh('conference', conferences, true);
    PERFORM search_refresh_talks(array_agg(id), false)
    FROM talks_talk WHERE conference_id = ANY (conferences);
    PERFORM search_refresh('recap', array_agg(id), false)
    FROM recaps_recap WHERE conference_id = ANY (conferences);
END
$$;

CREATE FUNCTION search_conference_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM conferences_series WHERE id IN (SELECT series_id FROM new_rows) ORDER BY id FOR SHARE;
    PERFORM search_refresh('conference', array_agg(id), true) FROM new_rows;
    RETURN NULL;
END
$$;

CREATE FUNCTION search_conference_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM conferences_series WHERE id IN (SELECT series_id FROM new_rows) ORDER BY id FOR SHARE;
    PERFORM search_refresh('conference', array_agg(after.id), true)
    FROM new_rows AS after JOIN old_rows AS before USING (id)
    WHERE (after.city, after.description) IS DISTINCT FROM (before.city, before.description);
    PERFORM search_refresh_conferences(array_agg(after.id))
    FROM new_rows AS after JOIN old_rows AS before USING (id)
    WHERE (after.title, after.series_id, after.starts_on) IS DISTINCT FROM (before.title, before.series_id, before.starts_on);
    RETURN NULL;
END
$$;

CREATE FUNCTION search_series_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh('series', array_agg(id), true) FROM new_rows;
    RETURN NULL;
END
$$;

CREATE FUNCTION search_series_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    SELECT array_agg(after.id) INTO changed
    FROM new_rows AS after JOIN old_rows AS before USING (id) WHERE after.title <> before.title;
    PERFORM search_refresh('series', changed, true);
    PERFORM search_refresh_conferences(array_agg(id))
    FROM conferences_conference WHERE series_id = ANY (changed);
    RETURN NULL;
END
$$;

CREATE TRIGGER search_inserted AFTER INSERT ON conferences_conference
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_conference_inserted();
CREATE TRIGGER search_updated AFTER UPDATE ON conferences_conference
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_conference_updated();
CREATE TRIGGER search_inserted AFTER INSERT ON conferences_series
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_series_inserted();
CREATE TRIGGER search_updated AFTER UPDATE ON conferences_series
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_series_updated();
