"""One index of words and filters, instead of one of words alone."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import BtreeGinExtension, RemoveIndexConcurrently
from django.db import migrations

from foundation.models.concurrent_index import AddConcurrentIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("search", "0008_words")]

    operations = [
        BtreeGinExtension(),
        AddConcurrentIndex(
            model_name="searchdocument",
            index=GinIndex(
                fields=[
                    "vector",
                    "kind",
                    "year",
                    "language",
                    "series",
                    "conference",
                    "speaker_ids",
                    "has_recap",
                    "has_recording",
                ],
                gin_pending_list_limit=16384,
                name="document_by_words_and_filters",
            ),
        ),
        RemoveIndexConcurrently(model_name="searchdocument", name="document_by_words"),
    ]
