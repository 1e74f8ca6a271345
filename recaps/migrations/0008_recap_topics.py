"""Which published recap is about which topic, kept by triggers. Migration 0013 fills the table.

A recap's topics are its talk's tags, or its own where it is about a conference. So each pair has
one source, and a tag that goes takes its pair with it, whatever else is there.

Who publishes a recap and who tags its talk at the same moment exclude each other by locks on the
talk (a tag takes FOR KEY SHARE, a publication FOR UPDATE), and on the recap where the tag is its
own: whichever comes second sees what the first one wrote.
"""

import django.db.models.deletion
from django.db import migrations, models

_MAKE = """
-- What the table ought to hold. A function, for a view would be in the way of later migrations.
CREATE FUNCTION recaps_topics()
RETURNS TABLE (recap_id bigint, tag_id bigint, published_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT recap.id, tagged.tag_id, recap.published_at
    FROM recaps_recap AS recap JOIN talks_taggedtalk AS tagged ON tagged.content_object_id = recap.talk_id
    WHERE recap.status = 'published' AND recap.deleted_at IS NULL
    UNION ALL
    SELECT recap.id, tagged.tag_id, recap.published_at
    FROM recaps_recap AS recap JOIN recaps_taggedrecap AS tagged ON tagged.content_object_id = recap.id
    WHERE recap.status = 'published' AND recap.deleted_at IS NULL
        AND recap.talk_id IS NULL
$$;

-- `talks` are those of the recaps, and those they had before.
CREATE FUNCTION recaps_topics_refresh(ids bigint[], talks bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM talks_talk WHERE id = ANY (talks) ORDER BY id FOR UPDATE;
    DELETE FROM recaps_recaptopic WHERE recap_id = ANY (ids);
    INSERT INTO recaps_recaptopic (recap_id, tag_id, published_at)
    SELECT * FROM recaps_topics() AS topic WHERE topic.recap_id = ANY (ids);
END
$$;

-- Recaps

CREATE FUNCTION recaps_topics_recap_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM recaps_topics_refresh(array_agg(id), array_agg(talk_id))
    FROM new_rows WHERE status = 'published' HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE FUNCTION recaps_topics_recap_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM recaps_topics_refresh(array_agg(id), array_agg(after.talk_id) || array_agg(before.talk_id))
    FROM new_rows AS after JOIN old_rows AS before USING (id)
    WHERE (after.status, after.published_at, after.deleted_at, after.talk_id)
        IS DISTINCT FROM (before.status, before.published_at, before.deleted_at, before.talk_id)
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;
CREATE FUNCTION recaps_topics_recap_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM talks_talk WHERE id IN (SELECT talk_id FROM old_rows) ORDER BY id FOR UPDATE;
    DELETE FROM recaps_recaptopic USING old_rows WHERE recap_id = old_rows.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER recap_topics_inserted AFTER INSERT ON recaps_recap
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_recap_inserted();
CREATE TRIGGER recap_topics_updated AFTER UPDATE ON recaps_recap
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_recap_updated();
CREATE TRIGGER recap_topics_deleted AFTER DELETE ON recaps_recap
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_recap_deleted();

-- Tags of talks. Changed days of talks, which are passed on to their tags, change nothing here.

CREATE FUNCTION recaps_topics_talk_tagged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recaps_recaptopic (recap_id, tag_id, published_at)
    SELECT recap.id, new_rows.tag_id, recap.published_at
    FROM new_rows JOIN recaps_recap AS recap ON recap.talk_id = new_rows.content_object_id
    WHERE recap.status = 'published' AND recap.deleted_at IS NULL
    ON CONFLICT (recap_id, tag_id) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION recaps_topics_talk_untagged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM talks_talk WHERE id IN (SELECT content_object_id FROM old_rows) ORDER BY id FOR KEY SHARE;
    DELETE FROM recaps_recaptopic AS topic USING old_rows, recaps_recap AS recap
    WHERE recap.talk_id = old_rows.content_object_id
        AND topic.recap_id = recap.id AND topic.tag_id = old_rows.tag_id;
    RETURN NULL;
END
$$;
CREATE FUNCTION recaps_topics_talk_retagged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    talks bigint[];
BEGIN
    SELECT array_agg(after.content_object_id) || array_agg(before.content_object_id) INTO talks
    FROM new_rows AS after JOIN old_rows AS before USING (id)
    WHERE (after.tag_id, after.content_object_id) <> (before.tag_id, before.content_object_id);
    IF talks IS NOT NULL THEN
        PERFORM FROM talks_talk WHERE id = ANY (talks) ORDER BY id FOR KEY SHARE;
        DELETE FROM recaps_recaptopic AS topic USING old_rows, recaps_recap AS recap
        WHERE recap.talk_id = old_rows.content_object_id
            AND topic.recap_id = recap.id AND topic.tag_id = old_rows.tag_id;
        INSERT INTO recaps_recaptopic (recap_id, tag_id, published_at)
        SELECT recap.id, new_rows.tag_id, recap.published_at
        FROM new_rows JOIN recaps_recap AS recap ON recap.talk_id = new_rows.content_object_id
        WHERE recap.status = 'published' AND recap.deleted_at IS NULL
        ON CONFLICT (recap_id, tag_id) DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER recap_topics_inserted AFTER INSERT ON talks_taggedtalk
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_talk_tagged();
CREATE TRIGGER recap_topics_updated AFTER UPDATE ON talks_taggedtalk
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_talk_retagged();
CREATE TRIGGER recap_topics_deleted AFTER DELETE ON talks_taggedtalk
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_talk_untagged();

-- Tags of recaps: few, and always of a few recaps at once.

CREATE FUNCTION recaps_topics_own_tag_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    before_ids bigint[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(DISTINCT content_object_id) INTO ids FROM new_rows;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT array_agg(DISTINCT content_object_id) INTO before_ids FROM old_rows;
    END IF;
    ids := ids || before_ids;
    WITH locked AS (
        SELECT id, talk_id FROM recaps_recap WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE
    )
    SELECT array_agg(id) INTO ids FROM locked WHERE talk_id IS NULL;
    PERFORM recaps_topics_refresh(ids, NULL);
    RETURN NULL;
END
$$;
CREATE TRIGGER recap_topics_inserted AFTER INSERT ON recaps_taggedrecap
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_own_tag_changed();
CREATE TRIGGER recap_topics_updated AFTER UPDATE ON recaps_taggedrecap
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_own_tag_changed();
CREATE TRIGGER recap_topics_deleted AFTER DELETE ON recaps_taggedrecap
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recaps_topics_own_tag_changed();
"""

_DROP = """
DROP TRIGGER recap_topics_inserted ON recaps_taggedrecap;
DROP TRIGGER recap_topics_updated ON recaps_taggedrecap;
DROP TRIGGER recap_topics_deleted ON recaps_taggedrecap;
DROP TRIGGER recap_topics_inserted ON talks_taggedtalk;
DROP TRIGGER recap_topics_updated ON talks_taggedtalk;
DROP TRIGGER recap_topics_deleted ON talks_taggedtalk;
DROP TRIGGER recap_topics_inserted ON recaps_recap;
DROP TRIGGER recap_topics_updated ON recaps_recap;
DROP TRIGGER recap_topics_deleted ON recaps_recap;
DROP FUNCTION recaps_topics_own_tag_changed();
DROP FUNCTION recaps_topics_talk_retagged();
DROP FUNCTION recaps_topics_talk_untagged();
DROP FUNCTION recaps_topics_talk_tagged();
DROP FUNCTION recaps_topics_recap_deleted();
DROP FUNCTION recaps_topics_recap_updated();
DROP FUNCTION recaps_topics_recap_inserted();
DROP FUNCTION recaps_topics_refresh(bigint[], bigint[]);
DROP FUNCTION recaps_topics();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recaps", "0007_published_index_with_talk"),
        ("talks", "0002_tagged_talk_sort_date"),
    ]

    operations = [
        migrations.CreateModel(
            name='RecapTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField()),
                ('recap', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='topics', to='recaps.recap')),
                ('tag', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='recap_topics', to='talks.tag')),
            ],
            options={
                'verbose_name': 'topic of a recap',
                'verbose_name_plural': 'topics of recaps',
                'indexes': [models.Index(fields=['tag', '-published_at', '-recap'], name='recap_topic_newest_first')],
                'constraints': [models.UniqueConstraint(fields=('recap', 'tag'), name='recap_topic_once')],
            },
        ),
        migrations.RunSQL(_MAKE, _DROP),
    ]
