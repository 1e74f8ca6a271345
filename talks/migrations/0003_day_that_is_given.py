"""A tag that comes with its talk's day keeps it, and costs no look at the talk.

Who gives the day must read it under the lock that the trigger takes (FOR KEY SHARE). A row without
a day, or of a talk without one, is asked for as before.
"""

from django.db import migrations

_ONLY_WITHOUT = """
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
    dependencies = [("talks", "0002_tagged_talk_sort_date")]

    operations = [migrations.RunSQL(_ONLY_WITHOUT, _ALWAYS)]
