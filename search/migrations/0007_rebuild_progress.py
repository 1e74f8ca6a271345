"""How far a rebuilding of the documents has come, so that it can go on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0006_first_documents")]

    operations = [
        migrations.CreateModel(
            name='RebuildProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('talk', 'Talk'), ('recap', 'Recap'), ('speaker', 'Speaker'), ('conference', 'Conference'), ('series', 'Series')], unique=True)),
                ('last_id', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'progress of a rebuilding',
                'verbose_name_plural': 'progress of rebuildings',
            },
        ),
    ]
