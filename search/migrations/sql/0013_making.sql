-- What documents are made with. Each says it of itself, so those that another server, older rules
-- or another zone of the site made are found, and made anew.

-- The zone in which the site names days.
CREATE FUNCTION search_time_zone() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT time_zone FROM search_sitezone), 'UTC')
$$;

-- The major version of PostgreSQL, whose stemmers differ from one to the next; the version of our own
-- rules, which goes up with every change of these functions; the zone.
CREATE FUNCTION search_made_with() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('PostgreSQL %s, rules 2, %s',
        current_setting('server_version_num')::integer / 10000, search_time_zone())
$$;
