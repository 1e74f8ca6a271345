"""What is counted: the library as a whole, and the talks of each tag."""

from django.db import migrations

from foundation.kept.triggers import KeepCount


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0001_kept_counts"),
        ("conferences", "0001_first_tables"),
        ("recaps", "0006_submitted_index"),
        ("speakers", "0001_first_tables"),
        ("talks", "0002_tagged_talk_sort_date"),
    ]
    operations = [
        KeepCount("conferences", "conferences_conference"),
        KeepCount("speakers", "speakers_speaker"),
        KeepCount("talks", "talks_talk"),
        # What RecapQuerySet.published() and scheduled() say together.
        KeepCount(
            "recaps", "recaps_recap", condition="status = 'published' AND deleted_at IS NULL"
        ),
        KeepCount("talks_of_tag", "talks_taggedtalk", of="tag_id"),
    ]
