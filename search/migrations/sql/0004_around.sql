-- What stands around a talk or a recap: whether readers may see it, its language, its people.

-- What `RecapQuerySet.published` says, but for the moment.
CREATE FUNCTION search_is_published(status text, deleted_at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT status = 'published' AND deleted_at IS NULL $$;

-- 'pt' of 'pt-BR'; '' where it is not known.
CREATE FUNCTION search_language(tag text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(lower(split_part(replace(tag, '_', '-'), '-', 1)), 8)
$$;

CREATE FUNCTION search_people(wanted bigint, OUT ids bigint[], OUT names text)
LANGUAGE sql STABLE AS $$
    SELECT array_agg(credit.speaker_id ORDER BY credit.speaker_id),
        string_agg(concat_ws(', ', nullif(credit.credited_as, ''), speaker.name, (
            SELECT string_agg(alias.name, ', ' ORDER BY alias.id)
            FROM speakers_speakeralias AS alias
            WHERE alias.speaker_id = speaker.id AND alias.name <> ''
        )), ', ' ORDER BY credit.position, credit.id)
    FROM talks_talkspeaker AS credit
    CROSS JOIN LATERAL (
        SELECT * FROM speakers_speaker WHERE id = credit.speaker_id OFFSET 0
    ) AS speaker
    WHERE credit.talk_id = wanted
$$;

-- LIMIT keeps the planner from reading all recordings there are to answer for a few talks.
CREATE FUNCTION search_has_recording(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT (SELECT true FROM talks_recording WHERE talk_id = wanted LIMIT 1) IS NOT NULL
$$;
