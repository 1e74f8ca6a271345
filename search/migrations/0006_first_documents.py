"""Documents for what the library holds already, a thousand objects at a time."""

from django.db import migrations

FILL = """
    DO $$
    DECLARE
        source record;
        batch bigint[];
        last bigint;
    BEGIN
        FOR source IN VALUES
            ('series', 'conferences_series'), ('conference', 'conferences_conference'),
            ('speaker', 'speakers_speaker'), ('talk', 'talks_talk'), ('recap', 'recaps_recap')
        LOOP
            last := 0;
            LOOP
                EXECUTE format(
                    'SELECT array_agg(id) FROM (SELECT id FROM %I WHERE id > $1 ORDER BY id LIMIT 1000) AS next',
                    source.column2
                ) INTO batch USING last;
                EXIT WHEN batch IS NULL;
                PERFORM search_refresh(source.column1, batch, true);
                last := batch[cardinality(batch)];
            END LOOP;
        END LOOP;
    END
    $$
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0005_triggers")]

    # It takes as long as it takes: a minute for some 100,000 talks.
    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
