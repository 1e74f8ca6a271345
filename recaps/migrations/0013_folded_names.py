"""Indexes by which a part of a name is found, folded. Nobody waits while they are made."""

import django.contrib.postgres.indexes
import foundation.models.folding
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


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
        AddIndexConcurrently(
            model_name='recap',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(foundation.models.folding.Folded('title'), name='gin_trgm_ops'), name='recap_title_folded'),
        ),
    ]
