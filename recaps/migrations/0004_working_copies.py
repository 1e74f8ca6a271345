

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recaps', '0003_recap_complete'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='recapversion',
            name='sitting',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sitting', models.UUIDField(unique=True)),
                ('started_from', models.PositiveIntegerField(default=0)),
                ('typed', models.JSONField(default=dict)),
                ('step', models.PositiveIntegerField(default=0)),
                ('typed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to=settings.AUTH_USER_MODEL)),
                ('recap', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to='recaps.recap')),
            ],
            options={
                'verbose_name': 'working copy',
                'verbose_name_plural': 'working copies',
                'default_permissions': (),
                'indexes': [models.Index(fields=['author', 'typed_at'], name='working_copy_by_author')],
            },
        ),
    ]
