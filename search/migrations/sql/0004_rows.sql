-- What the documents of each kind ought to say, computed from the library's own tables. The
-- triggers store these rows, `check_search` compares with them.
--
-- `ids` are those of the objects; `whole = false` takes what an object says itself from the
-- document that there is, and computes the names around it alone.
--
-- Every function reads by index, row by row and in the order written: PostgreSQL keeps a session's
-- plans, and those it made while a table was empty would read all of it, again and again, once an
-- import has filled it. OFFSET 0 keeps the planner from turning a join round,
-- or from reading all published recaps for each talk.

-- A talk shows the texts of its published recaps. A scheduled recap gives its talk a second
-- document that takes over at its moment, so nothing has to run at that moment. Recaps published
-- by now are all in the first.
CREATE OR REPLACE FUNCTION search_talk_rows(ids bigint[], whole boolean) RETURNS SETOF search_searchdocument
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
BEGIN
    RETURN QUERY
    SELECT 0::bigint, 'talk'::text, spell.visible_from, spell.visible_until,
        talk.id, NULL::bigint, NULL::bigint, talk.conference_id, conference.series_id,
        coalesce(talk.given_on, conference.sort_date),
        extract(year FROM coalesce(talk.given_on, conference.starts_on))::smallint,
        search_language(talk.language),
        search_configuration(talk.language),
        coalesce(people.ids, '{}'),
        recaps.number > 0,
        search_has_recording(talk.id),
        talk.title::text,
        coalesce(
            CASE WHEN NOT whole THEN ts_filter(present.vector, '{a,d}') END,
            search_own_vector(
                search_configuration(talk.language), talk.title,
                concat_ws(E'\n', talk.abstract, recaps.texts)
            )
        ) || search_names_vector(
            search_configuration(talk.language),
            concat_ws(', ', people.names, talk.speakers_note),
            concat_ws(', ', conference.title, series.title)
        ),
        search_unspaced(
            concat_ws(E'\n', talk.title, people.names, talk.speakers_note, conference.title,
                series.title, talk.abstract, recaps.texts)
        )
    FROM unnest(ids) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM talks_talk WHERE id = wanted.id OFFSET 0) AS talk
    CROSS JOIN LATERAL (
        SELECT * FROM conferences_conference WHERE id = talk.conference_id OFFSET 0
    ) AS conference
    LEFT JOIN conferences_series AS series ON series.id = conference.series_id
    CROSS JOIN LATERAL search_people(talk.id) AS people
    CROSS JOIN LATERAL (
        SELECT moment AS visible_from,
            lead(moment, 1, '9999-12-31 00:00:00+00') OVER (ORDER BY moment) AS visible_until
        FROM (
            SELECT timestamptz '0001-01-01 00:00:00+00' AS moment
            UNION
            SELECT recap.published_at
            FROM (SELECT * FROM recaps_recap WHERE talk_id = talk.id OFFSET 0) AS recap
            WHERE search_is_published(recap.status, recap.deleted_at) AND recap.published_at > now()
        ) AS moments
    ) AS spell
    CROSS JOIN LATERAL (
        SELECT count(*) AS number,
            string_agg(concat_ws(E'\n', recap.title, recap.summary, recap.body), E'\n'
                ORDER BY recap.published_at, recap.id) AS texts
        FROM (SELECT * FROM recaps_recap WHERE talk_id = talk.id OFFSET 0) AS recap
        WHERE search_is_published(recap.status, recap.deleted_at)
            AND recap.published_at <= greatest(spell.visible_from, now())
    ) AS recaps
    LEFT JOIN LATERAL (
        SELECT vector FROM search_searchdocument
        WHERE NOT whole AND kind = 'talk' AND talk_id = talk.id
            AND visible_from <= greatest(spell.visible_from, now())
            AND visible_until > greatest(spell.visible_from, now())
        LIMIT 1
    ) AS present ON true;
END
$$;

-- A recap is found by its own text and by the names around its subject. A draft, and what is in
-- the bin, has no document at all; a scheduled one has one that begins at its moment.
CREATE OR REPLACE FUNCTION search_recap_rows(ids bigint[], whole boolean) RETURNS SETOF search_searchdocument
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
BEGIN
    RETURN QUERY
    SELECT 0::bigint, 'recap'::text, recap.published_at, timestamptz '9999-12-31 00:00:00+00',
        recap.talk_id, recap.id, NULL::bigint, conference.id, conference.series_id,
        -- As its year: the day of what it is about.
        coalesce(
            talk.given_on, conference.starts_on, (recap.published_at AT TIME ZONE 'UTC')::date
        ),
        extract(year FROM coalesce(talk.given_on, conference.starts_on))::smallint,
        search_language(words.language),
        search_configuration(words.language),
        coalesce(people.ids, '{}'),
        true,
        search_has_recording(recap.talk_id),
        words.title,
        coalesce(
            CASE WHEN NOT whole THEN ts_filter(present.vector, '{a,d}') END,
            search_own_vector(
                search_configuration(words.language), words.titles,
                concat_ws(E'\n', recap.summary, recap.body)
            )
        ) || search_names_vector(
            search_configuration(words.language),
            concat_ws(', ', people.names, talk.speakers_note),
            concat_ws(', ', conference.title, series.title)
        ),
        search_unspaced(
            concat_ws(E'\n', words.titles, people.names, talk.speakers_note, conference.title,
                series.title, recap.summary, recap.body)
        )
    FROM unnest(ids) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM recaps_recap WHERE id = wanted.id OFFSET 0) AS recap
    LEFT JOIN LATERAL (
        SELECT * FROM talks_talk WHERE id = recap.talk_id OFFSET 0
    ) AS talk ON true
    CROSS JOIN LATERAL (
        SELECT * FROM conferences_conference
        WHERE id = coalesce(recap.conference_id, talk.conference_id) OFFSET 0
    ) AS conference
    LEFT JOIN conferences_series AS series ON series.id = conference.series_id
    CROSS JOIN LATERAL (
        SELECT coalesce(nullif(recap.language, ''), talk.language, '') AS language,
            coalesce(nullif(recap.title, ''), talk.title) AS title,
            concat_ws(E'\n', nullif(recap.title, ''), talk.title) AS titles
    ) AS words
    LEFT JOIN LATERAL search_people(recap.talk_id) AS people ON true
    LEFT JOIN LATERAL (
        SELECT vector FROM search_searchdocument
        WHERE NOT whole AND kind = 'recap' AND recap_id = recap.id
        LIMIT 1
    ) AS present ON true
    WHERE search_is_published(recap.status, recap.deleted_at);
END
$$;

CREATE OR REPLACE FUNCTION search_speaker_rows(ids bigint[], whole boolean) RETURNS SETOF search_searchdocument
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
BEGIN
    RETURN QUERY
    SELECT 0::bigint, 'speaker'::text,
        timestamptz '0001-01-01 00:00:00+00', timestamptz '9999-12-31 00:00:00+00',
        NULL::bigint, NULL::bigint, speaker.id, NULL::bigint, NULL::bigint,
        date '0001-01-01', NULL::smallint, ''::text, 'notes_english'::text,
        '{}'::bigint[], false, false, speaker.name::text,
        setweight(to_tsvector('notes_simple', search_plain(speaker.name)), 'A')
            || setweight(to_tsvector('notes_simple', search_plain(coalesce(others.names, ''))), 'B')
            || setweight(to_tsvector('notes_english', search_plain(speaker.bio)), 'D'),
        -- For names with slips of the keyboard; with their accents, and without.
        left(lower(concat_ws(E'\n', speaker.name, others.names) || E'\n'
            || unaccent(concat_ws(E'\n', speaker.name, others.names))), 2000)
    FROM unnest(ids) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM speakers_speaker WHERE id = wanted.id OFFSET 0) AS speaker
    CROSS JOIN LATERAL (
        SELECT string_agg(alias.name, E'\n' ORDER BY alias.id) FILTER (WHERE alias.name <> '') AS names
        FROM speakers_speakeralias AS alias WHERE alias.speaker_id = speaker.id
    ) AS others;
END
$$;

CREATE OR REPLACE FUNCTION search_conference_rows(ids bigint[], whole boolean)
RETURNS SETOF search_searchdocument
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
BEGIN
    RETURN QUERY
    SELECT 0::bigint, 'conference'::text,
        timestamptz '0001-01-01 00:00:00+00', timestamptz '9999-12-31 00:00:00+00',
        NULL::bigint, NULL::bigint, NULL::bigint, conference.id, conference.series_id,
        conference.sort_date, extract(year FROM conference.starts_on)::smallint,
        ''::text, 'notes_english'::text,
        '{}'::bigint[], false, false, conference.title::text,
        search_own_vector('notes_english', conference.title, conference.description)
            || search_names_vector(
                'notes_english', '', concat_ws(', ', series.title, conference.city)
            ),
        search_unspaced(
            concat_ws(E'\n', conference.title, series.title, conference.city, conference.description)
        )
    FROM unnest(ids) AS wanted (id)
    CROSS JOIN LATERAL (
        SELECT * FROM conferences_conference WHERE id = wanted.id OFFSET 0
    ) AS conference
    LEFT JOIN conferences_series AS series ON series.id = conference.series_id;
END
$$;

CREATE OR REPLACE FUNCTION search_series_rows(ids bigint[], whole boolean) RETURNS SETOF search_searchdocument
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
BEGIN
    RETURN QUERY
    SELECT 0::bigint, 'series'::text,
        timestamptz '0001-01-01 00:00:00+00', timestamptz '9999-12-31 00:00:00+00',
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, series.id,
        date '0001-01-01', NULL::smallint, ''::text, 'notes_english'::text,
        '{}'::bigint[], false, false, series.title::text,
        search_own_vector('notes_english', series.title, ''), search_unspaced(series.title)
    FROM unnest(ids) AS wanted (id)
    CROSS JOIN LATERAL (SELECT * FROM conferences_series WHERE id = wanted.id OFFSET 0) AS series;
END
$$;
