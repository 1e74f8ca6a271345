"""The talk beside each published recap in the index: recaps are counted per topic from it alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("recaps", "0006_submitted_index")]

    operations = [
        migrations.RemoveIndex(model_name="recap", name="recap_published_newest"),
        migrations.AddIndex(
            model_name="recap",
            index=models.Index(
                fields=["-published_at", "-id"],
                include=["talk"],
                condition=Q(status="published", deleted_at__isnull=True),
                name="recap_published_newest",
            ),
        ),
    ]
