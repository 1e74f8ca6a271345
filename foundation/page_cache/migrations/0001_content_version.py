"""The content version: rows of marks, and the trigger that changes one of them.

Each transaction that writes what pages show gives a new random mark to one row that no other
transaction holds; where all are held it adds a row. So none waits for another, there are never
more rows than there were writers at once, and all marks together say what is visible: they are
read in the same snapshot as everything else, so they change with the commit and not before.
Random marks, and no count, because a database that was restored from a backup must not come to
a version again under which caches keep something else.
"""

from django.db import migrations

from foundation.page_cache.triggers import WatchTables

MAKE = """
    CREATE TABLE content_version (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        mark uuid NOT NULL DEFAULT gen_random_uuid()
    ) WITH (fillfactor = 10);
    INSERT INTO content_version DEFAULT VALUES;

    CREATE FUNCTION content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- Once in a transaction is enough. A savepoint that is rolled back takes this back too.
        IF current_setting('notes.content_changed', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        UPDATE content_version SET mark = gen_random_uuid() WHERE id = (
            SELECT id FROM content_version ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1
        );
        IF NOT FOUND THEN
            INSERT INTO content_version DEFAULT VALUES;
        END IF;
        PERFORM set_config('notes.content_changed', 'yes', true);
        RETURN NULL;
    END
    $$;

    -- What `foundation.page_cache.version` asks. STABLE: both answers are of one snapshot. A function, because
    -- its plans are kept: planning takes five times as long as executing. The second part probes
    -- one end of the index recap_published_newest; it means what RecapQuerySet.scheduled() says.
    CREATE FUNCTION content_version_at(
        moment timestamptz, OUT marks text, OUT next_change timestamptz
    ) LANGUAGE plpgsql STABLE AS $$
    BEGIN
        marks := (SELECT string_agg(mark::text, ' ' ORDER BY id) FROM content_version);
        next_change := (
            SELECT published_at FROM recaps_recap
            WHERE status = 'published' AND deleted_at IS NULL AND published_at > moment
            ORDER BY published_at, id LIMIT 1
        );
    END
    $$;
"""
DROP = """
    DROP FUNCTION content_version_at(timestamptz);
    DROP FUNCTION content_changed();
    DROP TABLE content_version;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_tables"),
        ("conferences", "0001_first_tables"),
        ("recaps", "0006_submitted_index"),
        ("speakers", "0001_first_tables"),
        ("talks", "0001_first_tables"),
    ]
    operations = [
        migrations.RunSQL(MAKE, DROP),
        # Signing in writes the row of the user too.
        WatchTables("accounts_user", columns=("public_name", "slug")),
        WatchTables(
            "accounts_oldauthorslug",
            "conferences_conference",
            "conferences_oldconferenceslug",
            "conferences_oldseriesslug",
            "conferences_series",
            "recaps_mention",
            "recaps_oldrecapslug",
            "recaps_recap",
            "recaps_taggedrecap",
            "speakers_speaker",
            "speakers_speakeralias",
            "talks_oldtalkslug",
            "talks_recording",
            "talks_tag",
            "talks_tagalias",
            "talks_taggedtalk",
            "talks_talk",
            "talks_talklink",
            "talks_talkspeaker",
        ),
    ]
