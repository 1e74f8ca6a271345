DROP FUNCTION search_configuration(text);

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT cfgname FROM pg_ts_config WHERE cfgname LIKE 'notes\_%' LOOP
        EXECUTE format('DROP TEXT SEARCH CONFIGURATION %I', name);
    END LOOP;
END
$$;
