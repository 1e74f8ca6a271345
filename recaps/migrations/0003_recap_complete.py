"""Versions, the bin and more. Migration 0006 does what takes a look at all recaps."""

import django.db.models.deletion
import django.utils.timezone
import foundation.models.fields
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0001_first_tables'),
        ('recaps', '0002_mentions_and_follow_ups'),
        ('talks', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecapVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('title', foundation.models.fields.LineField(blank=True, default='', max_length=300, verbose_name='title')),
                ('summary', foundation.models.fields.ProseField(blank=True, default='', max_length=1000, verbose_name='summary')),
                ('body', foundation.models.fields.ProseField(blank=True, default='', max_length=200000, verbose_name='text')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved at')),
            ],
            options={
                'verbose_name': 'version of a recap',
                'verbose_name_plural': 'versions of recaps',
            },
        ),
        migrations.AlterModelOptions(
            name='recap',
            options={'permissions': [('publish_recap', "Can publish recaps, and see and edit everybody's")], 'verbose_name': 'recap', 'verbose_name_plural': 'recaps'},
        ),
        migrations.RemoveConstraint(
            model_name='recap',
            name='recap_has_a_title',
        ),
        migrations.RemoveIndex(
            model_name='recap',
            name='recap_published_newest',
        ),
        migrations.AddField(
            model_name='recap',
            name='deleted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='in the bin since'),
        ),
        migrations.AddField(
            model_name='recap',
            name='part_count',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='of how many parts'),
        ),
        migrations.AddField(
            model_name='recap',
            name='part_number',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Where the recap of a long conference has several: this is part 1 of 4.', null=True, verbose_name='part'),
        ),
        migrations.AddField(
            model_name='recap',
            name='presence',
            field=models.CharField(blank=True, choices=[('attended', 'Attended'), ('watched', 'Watched the recording')], default='', max_length=10, verbose_name='attended or watched'),
        ),
        migrations.AddField(
            model_name='recap',
            name='submitted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='submitted at'),
        ),
        migrations.AddField(
            model_name='recap',
            name='verdict',
            field=models.CharField(blank=True, choices=[('as_announced', 'As announced'), ('partly', 'Partly as announced'), ('something_else', 'Something else than announced')], default='', help_text='Was the talk what its abstract announced?', max_length=20, verbose_name='verdict'),
        ),
        migrations.AddField(
            model_name='recap',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='recap',
            name='title',
            field=foundation.models.fields.LineField(blank=True, default='', help_text="A talk's recap without a title shows the talk's.", max_length=300, verbose_name='title'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('talk__isnull', False), models.Q(('title', ''), _negated=True), _connector='OR'), name='recap_has_a_title', violation_error_message='A recap of a conference needs a title.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(('talk__isnull', False), ('verdict', ''), _connector='OR'), name='recap_verdict_is_on_a_talk', violation_error_message='A verdict is about a talk.'),
        ),
        AddConstraintNotValid(
            model_name='recap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part_count__isnull', True), ('part_number__isnull', True)), models.Q(('conference__isnull', False), ('part_count__isnull', False), ('part_number__gte', 1), ('part_number__isnull', False), ('part_number__lte', models.F('part_count'))), _connector='OR'), name='recap_part_is_one_of_its_parts', violation_error_message='Parts are those of a conference: give both numbers, such as part 1 of 4.'),
        ),
        migrations.AddField(
            model_name='recapversion',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
        ),
        migrations.AddField(
            model_name='recapversion',
            name='recap',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='recaps.recap'),
        ),
        migrations.AddConstraint(
            model_name='recapversion',
            constraint=models.UniqueConstraint(fields=('recap', 'number'), name='recap_version_once'),
        ),
    ]
