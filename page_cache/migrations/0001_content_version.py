"""The content version: rows of marks, and the trigger that changes one of them.

Each transaction that writes what pages show gives a new random mark to one row that no other
transaction holds; where all are held it adds a row. So none waits for another, there are never
more rows than there were writers at once, and all marks together say what is visible: they are
read in the same snapshot as everything else, so they change with the commit and not before.
Random marks, and no count, because a database that was restored from a backup must not come to
a version again under which caches keep something else.
"""

from django.db import migrations

from page_cache.watching import WatchTables

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
"""
DROP = "DROP FUNCTION content_changed(); DROP TABLE content_version;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first_tables"),
        ("conferences", "0001_first_tables"),
        ("recaps", "0002_mentions_and_follow_ups"),
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
