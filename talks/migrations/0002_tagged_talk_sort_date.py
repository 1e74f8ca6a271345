"""The day of each talk beside its tags, kept by triggers. The next migration fills it in."""

import datetime

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import ExtractYear

# The one lock that a tag takes on its talk, and the one that a changed day takes, exclude each
# other: whichever comes second sees what the first one wrote.
_TRIGGERS = """
CREATE FUNCTION talks_taggedtalk_take_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT sort_date INTO NEW.sort_date FROM talks_talk
    WHERE id = NEW.content_object_id FOR KEY SHARE;
    -- A talk that is not there is the foreign key's business.
    NEW.sort_date := coalesce(NEW.sort_date, '0001-01-01');
    RETURN NEW;
END $$;
CREATE TRIGGER take_day BEFORE INSERT OR UPDATE OF content_object_id, sort_date
    ON talks_taggedtalk FOR EACH ROW EXECUTE FUNCTION talks_taggedtalk_take_day();

CREATE FUNCTION talks_talk_lock_for_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM talks_talk WHERE id = OLD.id FOR UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER lock_for_day BEFORE UPDATE OF given_on ON talks_talk FOR EACH ROW
    WHEN (OLD.given_on IS DISTINCT FROM NEW.given_on)
    EXECUTE FUNCTION talks_talk_lock_for_day();

CREATE FUNCTION talks_talk_pass_day_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE talks_taggedtalk SET sort_date = NEW.sort_date WHERE content_object_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER pass_day_on AFTER UPDATE OF given_on ON talks_talk FOR EACH ROW
    WHEN (OLD.given_on IS DISTINCT FROM NEW.given_on)
    EXECUTE FUNCTION talks_talk_pass_day_on();
"""
_NO_TRIGGERS = """
DROP TRIGGER pass_day_on ON talks_talk;
DROP TRIGGER lock_for_day ON talks_talk;
DROP TRIGGER take_day ON talks_taggedtalk;
DROP FUNCTION talks_talk_pass_day_on();
DROP FUNCTION talks_talk_lock_for_day();
DROP FUNCTION talks_taggedtalk_take_day();
"""


class Migration(migrations.Migration):
    dependencies = [("talks", "0001_first_tables")]

    operations = [
        migrations.AddField(
            model_name="taggedtalk",
            name="sort_date",
            field=models.DateField(
                db_default=Value(datetime.date(1, 1, 1)), editable=False
            ),
        ),
        migrations.AddField(
            model_name="taggedtalk",
            name="year",
            field=models.GeneratedField(
                expression=ExtractYear("sort_date"),
                output_field=models.SmallIntegerField(),
                db_persist=True,
            ),
        ),
        migrations.RunSQL(_TRIGGERS, _NO_TRIGGERS),
    ]
