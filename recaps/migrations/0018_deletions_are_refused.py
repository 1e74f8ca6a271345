"""What notes hang on is not deleted: no column changes, Django alone asks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0006_deletions_are_refused'),
        ('recaps', '0017_bounded_texts'),
        ('speakers', '0006_bounded_texts'),
        ('talks', '0018_deletions_are_refused'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mention',
            name='conference',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='conferences.conference'),
        ),
        migrations.AlterField(
            model_name='mention',
            name='speaker',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='speakers.speaker'),
        ),
        migrations.AlterField(
            model_name='mention',
            name='tag',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='talks.tag'),
        ),
        migrations.AlterField(
            model_name='mention',
            name='talk',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='talks.talk'),
        ),
        migrations.AlterField(
            model_name='taggedrecap',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tagged_recaps', to='talks.tag'),
        ),
    ]
