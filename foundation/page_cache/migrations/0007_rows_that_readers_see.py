"""Only what readers see changes the content version: no draft, no statement that changes no row."""

from django.db import migrations

from foundation.page_cache.triggers import WatchRows

MAKE = """
    CREATE OR REPLACE FUNCTION change_content_version() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        -- Once in a transaction is enough. A savepoint that is rolled back takes this back too.
        IF current_setting('notes.content_changed', true) = 'yes' THEN
            RETURN;
        END IF;
        UPDATE content_version SET mark = gen_random_uuid() WHERE id = (
            SELECT id FROM content_version ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1
        );
        IF NOT FOUND THEN
            INSERT INTO content_version DEFAULT VALUES;
        END IF;
        PERFORM set_config('notes.content_changed', 'yes', true);
    END
    $$;
"""
DROP = "DROP FUNCTION change_content_version()"

_PUBLISHED = "{recap}.status = 'published' AND {recap}.deleted_at IS NULL"
# A recap that is published now or later; publishing it writes its own row.
_SEEN = _PUBLISHED.format(recap="seen")
_OF_SEEN = (
    "EXISTS (SELECT FROM recaps_recap AS recap WHERE recap.id = seen.{key} AND "
    + _PUBLISHED.format(recap="recap")
    + ")"
)
_OF_USERS = ("public_name", "slug", "about", "links")


class Migration(migrations.Migration):
    atomic = False  # one table at a time, for people read and write them meanwhile
    dependencies = [
        ("page_cache", "0006_what_authors_say"),
        ("recaps", "0022_day_is_valid"),
    ]
    operations = [
        migrations.RunSQL(MAKE, DROP),
        # Signing in writes the row of the user too.
        WatchRows("accounts_user", columns=_OF_USERS, instead=_OF_USERS),
        WatchRows("recaps_recap", seen=_SEEN, instead=()),
        WatchRows("recaps_mention", seen=_OF_SEEN.format(key="recap_id"), instead=()),
        WatchRows("recaps_oldrecapslug", seen=_OF_SEEN.format(key="recap_id"), instead=()),
        WatchRows("recaps_taggedrecap", seen=_OF_SEEN.format(key="content_object_id"), instead=()),
        WatchRows("search_searchword", key="word", instead=()),
        WatchRows("talks_eventrevision", key="name", instead=()),
        *(
            WatchRows(table, instead=())
            for table in (
                "accounts_oldauthorslug",
                "conferences_conference",
                "conferences_oldconferenceslug",
                "conferences_oldseriesslug",
                "conferences_series",
                "counts_keptcount",
                "operations_siteidentity",
                "recaps_recaptopic",
                "search_searchdocument",
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
            )
        ),
    ]
