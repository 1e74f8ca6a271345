"""Indexes by which a part of a name is found, folded. Nobody waits while they are made."""

import django.contrib.postgres.indexes
import foundation.models.folding
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('accounts', '0005_folding'),
        ('speakers', '0004_old_addresses_stay'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='speaker',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(foundation.models.folding.Folded('name'), name='gin_trgm_ops'), name='speaker_name_folded'),
        ),
        AddIndexConcurrently(
            model_name='speakeralias',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(foundation.models.folding.Folded('name'), name='gin_trgm_ops'), name='speaker_alias_folded'),
        ),
    ]
