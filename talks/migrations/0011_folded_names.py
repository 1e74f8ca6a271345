"""Indexes by which a part of a name is found, folded. Nobody waits while they are made."""

import django.contrib.postgres.indexes
import foundation.models.folding
from django.db import migrations

from foundation.models.concurrent_index import AddConcurrentIndex


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('accounts', '0005_folding'),
        ('conferences', '0004_old_addresses_stay'),
        ('speakers', '0005_folded_names'),
        ('talks', '0010_old_addresses_stay'),
    ]

    operations = [
        AddConcurrentIndex(
            model_name='talk',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(foundation.models.folding.Folded('title'), name='gin_trgm_ops'), name='talk_title_folded'),
        ),
    ]
