"""How often what the events of calendars say has changed, kept by triggers for any way of writing.

Rows made in the same transaction are passed over: nobody has seen an earlier state of theirs, so
an import of new talks writes no revision. A talk that moves to another conference takes along how
often the first one changed, so that its number, to which the conference's is added, never falls.
`loaddata` sets `notes.loading`: what it loads is as it was when it was dumped.
"""

from django.db import migrations, models

_KEEP = """
CREATE FUNCTION talks_event_changed(event text, steps bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO talks_eventrevision AS kept (name, number, changed_at)
    SELECT event, steps, statement_timestamp()
    WHERE current_setting('notes.loading', true) IS DISTINCT FROM 'yes'
    ON CONFLICT (name) DO UPDATE SET
        number = kept.number + excluded.number,
        changed_at = greatest(kept.changed_at, excluded.changed_at)
$$;

CREATE FUNCTION talks_day_event(conference bigint, day date) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT 'day-' || conference || '-' || to_char(day, 'YYYY-MM-DD') $$;

-- The event of one talk, and that of the day, which names talks without an hour.
CREATE FUNCTION talks_talk_revised() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps bigint := 1;
BEGIN
    IF NEW.created_at >= now() THEN
        RETURN NULL;
    END IF;
    IF OLD.conference_id <> NEW.conference_id THEN
        steps := steps + coalesce((
            SELECT number FROM talks_eventrevision WHERE name = 'conference-' || OLD.conference_id
        ), 0);
    END IF;
    PERFORM talks_event_changed('talk-' || NEW.id, steps);
    IF (OLD.title, OLD.given_on, OLD.starts_at, OLD.is_cancelled, OLD.conference_id)
        IS NOT DISTINCT FROM
        (NEW.title, NEW.given_on, NEW.starts_at, NEW.is_cancelled, NEW.conference_id)
    THEN
        RETURN NULL;
    END IF;
    PERFORM talks_event_changed(day, 1) FROM (
        SELECT talks_day_event(OLD.conference_id, OLD.given_on) AS day WHERE OLD.starts_at IS NULL
        UNION
        SELECT talks_day_event(NEW.conference_id, NEW.given_on) WHERE NEW.starts_at IS NULL
        ORDER BY 1
    ) AS days WHERE day IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER revise_events AFTER UPDATE ON talks_talk FOR EACH ROW
    WHEN ((OLD.title, OLD.slug, OLD.given_on, OLD.starts_at, OLD.duration, OLD.room,
           OLD.speakers_note, OLD.is_cancelled, OLD.conference_id)
          IS DISTINCT FROM
          (NEW.title, NEW.slug, NEW.given_on, NEW.starts_at, NEW.duration, NEW.room,
           NEW.speakers_note, NEW.is_cancelled, NEW.conference_id))
    EXECUTE FUNCTION talks_talk_revised();

CREATE FUNCTION talks_days_revised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM talks_event_changed(day, 1) FROM (
        SELECT DISTINCT talks_day_event(talk.conference_id, talk.given_on) AS day
        FROM written AS talk JOIN conferences_conference ON conference_id = conferences_conference.id
        WHERE starts_at IS NULL AND given_on IS NOT NULL AND NOT is_cancelled
            AND conferences_conference.created_at < now()
        ORDER BY 1
    ) AS days;
    RETURN NULL;
END $$;
CREATE TRIGGER revise_events_at_insert AFTER INSERT ON talks_talk
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION talks_days_revised();
CREATE TRIGGER revise_events_at_delete AFTER DELETE ON talks_talk
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION talks_days_revised();

-- The speakers of a talk, and what they are called.
CREATE FUNCTION talks_talks_revised(talks bigint[]) RETURNS void LANGUAGE sql AS $$
    SELECT talks_event_changed('talk-' || id, 1) FROM (
        SELECT id FROM talks_talk WHERE id = ANY (talks) AND created_at < now() ORDER BY id
    ) AS seen
$$;
CREATE FUNCTION talks_credits_revised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM talks_talks_revised((SELECT array_agg(talk_id) FROM written));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_events_at_insert AFTER INSERT ON talks_talkspeaker
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION talks_credits_revised();
CREATE TRIGGER revise_events_at_delete AFTER DELETE ON talks_talkspeaker
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION talks_credits_revised();
CREATE FUNCTION talks_credit_revised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM talks_talks_revised(ARRAY[OLD.talk_id, NEW.talk_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER revise_events AFTER UPDATE ON talks_talkspeaker FOR EACH ROW
    WHEN ((OLD.talk_id, OLD.speaker_id, OLD.position, OLD.credited_as)
          IS DISTINCT FROM (NEW.talk_id, NEW.speaker_id, NEW.position, NEW.credited_as))
    EXECUTE FUNCTION talks_credit_revised();
CREATE FUNCTION talks_speaker_revised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM talks_talks_revised((
        SELECT array_agg(talk_id) FROM talks_talkspeaker
        WHERE speaker_id = NEW.id AND credited_as = ''
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_events AFTER UPDATE OF name ON speakers_speaker FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION talks_speaker_revised();

-- A conference's name, place and address stand in all its events; its days in its own.
CREATE FUNCTION talks_conference_revised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.created_at < now() THEN
        PERFORM talks_event_changed('conference-' || NEW.id, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER revise_events AFTER UPDATE ON conferences_conference FOR EACH ROW
    WHEN ((OLD.title, OLD.slug, OLD.city, OLD.country, OLD.starts_on, OLD.ends_on)
          IS DISTINCT FROM
          (NEW.title, NEW.slug, NEW.city, NEW.country, NEW.starts_on, NEW.ends_on))
    EXECUTE FUNCTION talks_conference_revised();
"""
_LEAVE = """
DROP FUNCTION talks_conference_revised() CASCADE;
DROP FUNCTION talks_speaker_revised() CASCADE;
DROP FUNCTION talks_credit_revised() CASCADE;
DROP FUNCTION talks_credits_revised() CASCADE;
DROP FUNCTION talks_talks_revised(bigint[]);
DROP FUNCTION talks_days_revised() CASCADE;
DROP FUNCTION talks_talk_revised() CASCADE;
DROP FUNCTION talks_day_event(bigint, date);
DROP FUNCTION talks_event_changed(text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0001_first_tables"),
        ("speakers", "0001_first_tables"),
        ("talks", "0003_day_that_is_given"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventRevision",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "revision of an event",
                "verbose_name_plural": "revisions of events",
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(_KEEP, _LEAVE),
    ]
