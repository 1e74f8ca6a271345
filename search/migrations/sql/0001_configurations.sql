-- One text-search configuration for each language that PostgreSQL has a stemmer for, since 14.
-- Each folds accents before it stems, so that "café" and "cafe" are one word. notes_simple, for
-- all other languages and for names, folds accents and does not stem.
DO $$
DECLARE
    language text;
BEGIN
    FOREACH language IN ARRAY ARRAY[
        'simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish',
        'french', 'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian',
        'lithuanian', 'nepali', 'norwegian', 'portuguese', 'romanian', 'russian', 'serbian',
        'spanish', 'swedish', 'tamil', 'turkish', 'yiddish'
    ] LOOP
        EXECUTE format(
            'CREATE TEXT SEARCH CONFIGURATION %I (COPY = pg_catalog.%I)', 'notes_' || language, language
        );
        EXECUTE format(
            'ALTER TEXT SEARCH CONFIGURATION %I ALTER MAPPING FOR hword, hword_part, word WITH unaccent, %I',
            'notes_' || language,
            CASE language WHEN 'simple' THEN 'simple' ELSE language || '_stem' END
        );
    END LOOP;
END
$$;

-- The configuration for texts in a language, given as a BCP 47 tag such as 'pt-BR'. Where the
-- language is not said, the text is taken for English, the language of most talks.
CREATE FUNCTION search_configuration(language text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'notes_' || CASE lower(split_part(replace(language, '_', '-'), '-', 1))
        WHEN '' THEN 'english' WHEN 'ar' THEN 'arabic' WHEN 'hy' THEN 'armenian'
        WHEN 'eu' THEN 'basque' WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish'
        WHEN 'nl' THEN 'dutch' WHEN 'en' THEN 'english' WHEN 'fi' THEN 'finnish'
        WHEN 'fr' THEN 'french' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek'
        WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian'
        WHEN 'ga' THEN 'irish' WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian'
        WHEN 'ne' THEN 'nepali' WHEN 'nb' THEN 'norwegian' WHEN 'nn' THEN 'norwegian'
        WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
        WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian' WHEN 'es' THEN 'spanish'
        WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish'
        WHEN 'yi' THEN 'yiddish' ELSE 'simple'
    END
$$;
