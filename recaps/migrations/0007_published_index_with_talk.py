"""The talk beside each published recap in the index: recaps are counted per topic from it alone."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

from foundation.models.concurrent_index import AddConcurrentIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("recaps", "0006_submitted_index")]

    operations = [
        RemoveIndexConcurrently(model_name="recap", name="recap_published_newest"),
        AddConcurrentIndex(
            model_name="recap",
            index=models.Index(
                fields=["-published_at", "-id"],
                include=["talk"],
                condition=Q(status="published", deleted_at__isnull=True),
                name="recap_published_newest",
            ),
        ),
    ]
