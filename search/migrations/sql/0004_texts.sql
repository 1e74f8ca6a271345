-- How texts become what is searched. Weights: A the title, B the speakers, C conference and
-- series, D the texts. So `ts_filter(vector, '{a,d}')` is what an object says itself, and the
-- rest the names around it: a new name of a speaker need not read the abstract again.

-- A text without tags and addresses, its joined words apart: "node.js", "real-time". At most
-- 200,000 characters, and 100,000 of scripts with long characters, for a tsvector holds 1 MB.
CREATE OR REPLACE FUNCTION search_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- One `translate` would take three times as long as all of these.
    SELECT replace(replace(replace(replace(replace(replace(
        regexp_replace(
            left(words, CASE WHEN octet_length(words) > 300000 THEN 100000 ELSE 200000 END),
            '<[/a-zA-Z][^<>]*>|https?://[^[:space:]<>()"]+', ' ', 'g'
        ),
        '.', ' '), '/', ' '), '_', ' '), '-', ' '), ':', ' '), '@', ' ')
$$;

-- What an object says itself: its title, as it stands and stemmed, and its texts, stemmed. Between
-- the parts a blank takes a place and goes again, so that no phrase runs on from one to the next.
CREATE OR REPLACE FUNCTION search_own_vector(configuration text, title text, texts text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ts_delete(
        setweight(to_tsvector('notes_simple', search_plain(title)), 'A')
        || tsvector $blank$' ':1$blank$
        || setweight(to_tsvector(configuration::regconfig, search_plain(title)), 'A')
        || tsvector $blank$' ':1$blank$
        || setweight(to_tsvector(configuration::regconfig, search_plain(texts)), 'D'),
        ' '
    )
$$;

-- The names around an object: people, who are never stemmed, and conference and series, which are
-- as well. They come after something else, so they begin with a blank.
CREATE OR REPLACE FUNCTION search_names_vector(configuration text, people text, events text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ts_delete(
        tsvector $blank$' ':1$blank$
        || setweight(to_tsvector('notes_simple', search_plain(coalesce(people, ''))), 'B')
        || tsvector $blank$' ':1$blank$
        || setweight(to_tsvector('notes_simple', search_plain(coalesce(events, ''))), 'C')
        || tsvector $blank$' ':1$blank$
        || setweight(to_tsvector(configuration::regconfig, search_plain(coalesce(events, ''))), 'C'),
        ' '
    )
$$;

-- What is searched by trigrams: texts in scripts that put no spaces between words (Japanese,
-- Chinese, Korean, Thai and their neighbours). '' for all others.
CREATE OR REPLACE FUNCTION search_unspaced(texts text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN octet_length(texts) > length(texts)
            AND texts ~ '[\u0E00-\u0EFF\u1000-\u109F\u1100-\u11FF\u1780-\u17FF\u3040-\u30FF\u3130-\u318F\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\U00020000-\U0003FFFF]'
        THEN lower(left(texts, 100000))
        ELSE ''
    END
$$;
