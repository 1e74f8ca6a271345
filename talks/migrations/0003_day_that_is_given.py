"""The days beside the tags that were there, and the index of a topic's talks.

Then a tag that comes with its talk's day keeps it, and costs no look at the talk. Who gives the day
must read it under the lock that the trigger takes (FOR KEY SHARE). A row without a day, or of a
talk without one, is asked for as before.
"""

from django.db import migrations, models

from foundation.models.concurrent_index import AddConcurrentIndex

# A thousand talks at a time, each committed: who saves one waits no longer than for these.
_FILL = """
DO $$
DECLARE
    last bigint := 0;
    next bigint;
BEGIN
    LOOP
        SELECT max(id) INTO next FROM (
            SELECT id FROM talks_talk WHERE id > last ORDER BY id LIMIT 1000
        ) AS batch;
        EXIT WHEN next IS NULL;
        UPDATE talks_taggedtalk AS tagged SET sort_date = talk.sort_date
        FROM talks_talk AS talk
        WHERE talk.id > last AND talk.id <= next AND tagged.content_object_id = talk.id
            AND tagged.sort_date <> talk.sort_date;
        COMMIT;
        last := next;
    END LOOP;
END
$$
"""
_ONLY_WITHOUT = """
DROP TRIGGER IF EXISTS take_day_again ON talks_taggedtalk;
DROP TRIGGER take_day ON talks_taggedtalk;
CREATE TRIGGER take_day BEFORE INSERT ON talks_taggedtalk FOR EACH ROW
    WHEN (NEW.sort_date = '0001-01-01') EXECUTE FUNCTION talks_taggedtalk_take_day();
CREATE TRIGGER take_day_again BEFORE UPDATE OF content_object_id, sort_date
    ON talks_taggedtalk FOR EACH ROW EXECUTE FUNCTION talks_taggedtalk_take_day();
"""
_ALWAYS = """
DROP TRIGGER take_day_again ON talks_taggedtalk;
DROP TRIGGER take_day ON talks_taggedtalk;
CREATE TRIGGER take_day BEFORE INSERT OR UPDATE OF content_object_id, sort_date
    ON talks_taggedtalk FOR EACH ROW EXECUTE FUNCTION talks_taggedtalk_take_day();
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("talks", "0002_tagged_talk_sort_date")]

    operations = [
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        AddConcurrentIndex(
            model_name="taggedtalk",
            index=models.Index(
                fields=["tag", "-sort_date", "-content_object"],
                include=["year"],
                name="tagged_talk_newest_first",
            ),
        ),
        migrations.RunSQL(_ONLY_WITHOUT, _ALWAYS),
    ]
