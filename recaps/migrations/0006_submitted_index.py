"""What takes a look at all recaps: indexes, checks and the first versions. Nobody waits meanwhile."""

from django.conf import settings
from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

from foundation.models.concurrent_index import AddConcurrentIndex

# The texts that are there are written down, so that the next save does not lose them: a thousand
# recaps at a time, each committed.
_KEEP_FIRST_VERSIONS = """
DO $$
DECLARE
    batch bigint[];
BEGIN
    LOOP
        SELECT array_agg(id) INTO batch FROM (
            SELECT id FROM recaps_recap WHERE version = 0 ORDER BY id LIMIT 1000 FOR NO KEY UPDATE
        ) AS next;
        EXIT WHEN batch IS NULL;
        INSERT INTO recaps_recapversion (recap_id, number, author_id, title, summary, body, saved_at)
        SELECT id, 1, author_id, title, summary, body, updated_at FROM recaps_recap
        WHERE id = ANY (batch) ORDER BY id;
        UPDATE recaps_recap SET version = 1 WHERE id = ANY (batch);
        COMMIT;
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('conferences', '0001_first_tables'),
        ('recaps', '0005_start_texts'),
        ('talks', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddConcurrentIndex(
            model_name='recap',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), ('status', 'published')), fields=['-published_at', '-id'], name='recap_published_newest'),
        ),
        AddConcurrentIndex(
            model_name='recap',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True), ('status', 'draft'), ('submitted_at__isnull', False)), fields=['submitted_at', 'id'], name='recap_submitted_first'),
        ),
        ValidateConstraint(model_name='recap', name='recap_has_a_title'),
        ValidateConstraint(model_name='recap', name='recap_verdict_is_on_a_talk'),
        ValidateConstraint(model_name='recap', name='recap_part_is_one_of_its_parts'),
        # Going back, the table of versions goes too.
        migrations.RunSQL(_KEEP_FIRST_VERSIONS, migrations.RunSQL.noop),
    ]
