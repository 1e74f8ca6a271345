"""The words of the library, for the nearest right spelling."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from search.migrations import sql


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0007_rebuild_progress'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
                ('documents', models.IntegerField()),
            ],
            options={
                'verbose_name': 'word of the library',
                'verbose_name_plural': 'words of the library',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('word'), 'gin_trgm_ops'), name='word_by_trigrams')],
            },
        ),
        sql.make("0008_words"),
    ]
