"""Summands of counts, and the trigger that adds a transaction's own to those before it.

It runs when the transaction commits, and once for all summands of a count, however many
statements wrote some: rows that a transaction wrote and deleted itself cannot be passed over
quickly while it runs, so adding them up at each statement would cost the square of their number.
Summands that another transaction is adding up at that moment are left to it.
"""

from django.db import migrations, models

FOLD = """
    CREATE FUNCTION counts_fold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM FROM counts_keptcount WHERE id = NEW.id;
        IF NOT FOUND THEN
            RETURN NULL;  -- it was added up together with an earlier one
        END IF;
        WITH free AS MATERIALIZED (
            SELECT id FROM counts_keptcount WHERE kind = NEW.kind AND of = NEW.of
            FOR UPDATE SKIP LOCKED
        ), taken AS (
            DELETE FROM counts_keptcount WHERE id IN (SELECT id FROM free) RETURNING number
        )
        INSERT INTO counts_keptcount (kind, of, number, is_sum)
        SELECT NEW.kind, NEW.of, sum(number), true FROM taken HAVING sum(number) <> 0;
        RETURN NULL;
    END
    $$;
    CREATE CONSTRAINT TRIGGER fold AFTER INSERT ON counts_keptcount
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NOT NEW.is_sum) EXECUTE FUNCTION counts_fold();
"""
LEAVE = """
    DROP TRIGGER fold ON counts_keptcount;
    DROP FUNCTION counts_fold();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KeptCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('conferences', 'Conferences'), ('speakers', 'Speakers'), ('talks', 'Talks'), ('recaps', 'Published and scheduled recaps'), ('talks_of_tag', 'Talks of each tag')], max_length=20)),
                ('of', models.BigIntegerField(default=0)),
                ('number', models.BigIntegerField()),
                ('is_sum', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'kept count',
                'verbose_name_plural': 'kept counts',
                'indexes': [models.Index(fields=['kind', 'of'], include=('number',), name='kept_count_of_thing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number', 0), _negated=True), name='kept_count_is_no_zero')],
            },
        ),
        migrations.RunSQL(FOLD, LEAVE),
    ]
