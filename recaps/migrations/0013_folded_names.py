"""The topics of the recaps that are there, and the index by which a part of a title is found.

Nobody waits meanwhile.
"""

import django.contrib.postgres.indexes
import foundation.models.folding
from django.conf import settings
from django.db import migrations

from foundation.models.concurrent_index import AddConcurrentIndex


# A thousand recaps at a time, each committed: who saves one waits no longer than for these.
_FILL_TOPICS = """
DO $$
DECLARE
    batch bigint[];
    talks bigint[];
    last bigint := 0;
BEGIN
    LOOP
        SELECT array_agg(id), max(id), array_agg(talk_id) FILTER (WHERE talk_id IS NOT NULL)
        INTO batch, last, talks FROM (
            SELECT id, talk_id FROM recaps_recap
            WHERE id > last AND status = 'published' AND deleted_at IS NULL ORDER BY id LIMIT 1000
        ) AS next;
        EXIT WHEN batch IS NULL;
        PERFORM recaps_topics_refresh(batch, talks);
        COMMIT;
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('accounts', '0005_folding'),
        ('conferences', '0004_old_addresses_stay'),
        ('recaps', '0012_old_addresses_stay'),
        ('talks', '0011_folded_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(_FILL_TOPICS, migrations.RunSQL.noop),
        AddConcurrentIndex(
            model_name='recap',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(foundation.models.folding.Folded('title'), name='gin_trgm_ops'), name='recap_title_folded'),
        ),
    ]
