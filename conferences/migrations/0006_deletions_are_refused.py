"""What notes hang on is not deleted: no column changes, Django alone asks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0005_bounded_texts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='conference',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='conferences.series', verbose_name='series'),
        ),
    ]
