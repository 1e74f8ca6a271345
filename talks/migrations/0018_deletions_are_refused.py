"""What notes hang on is not deleted: no column changes, Django alone asks."""

import django.db.models.deletion
import foundation.models.on_delete
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0017_recordings_by_address'),
    ]

    operations = [
        migrations.AlterField(
            model_name='taggedtalk',
            name='content_object',
            field=models.ForeignKey(db_index=False, on_delete=foundation.models.on_delete.protect_what_people_added, related_name='tagged', to='talks.talk'),
        ),
        migrations.AlterField(
            model_name='taggedtalk',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tagged_talks', to='talks.tag'),
        ),
    ]
