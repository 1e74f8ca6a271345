"""Recordings at hosts that are known by their address are no longer at another one."""

import django.core.validators
import talks.models.recording
import talks.recordings
from django.db import migrations


def _mend(apps, schema_editor):
    others = apps.get_model("talks", "Recording").objects.filter(provider="other")
    for recording in others.order_by("pk").iterator(chunk_size=1_000):
        video = talks.recordings.video_of(recording.url)
        if video.provider != "other":
            print(f"\n    Recording {recording.pk}: other, {recording.video_id!r} is {video.provider.value}, ", end="")
            recording.provider = video.provider.value
            recording.video_id = video.video_id or recording.video_id
            recording.save(update_fields=["provider", "video_id"])
            print(repr(recording.video_id), end="")


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0016_bounded_texts'),
    ]

    operations = [
        migrations.RunPython(_mend, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='recording',
            name='offset_seconds',
            field=talks.models.recording.OffsetField(default=0, help_text='How far into the video the talk begins.', validators=[django.core.validators.MinValueValidator(-604800), django.core.validators.MaxValueValidator(604800)], verbose_name='offset in seconds'),
        ),
        migrations.AlterField(
            model_name='recording',
            name='provider',
            field=talks.models.recording.ProviderField(choices=[('youtube', 'YouTube'), ('vimeo', 'Vimeo'), ('peertube', 'PeerTube'), ('media_ccc', 'media.ccc.de'), ('archive_org', 'Internet Archive'), ('file', 'Video file'), ('other', 'Other')], default='other', max_length=12, verbose_name='provider'),
        ),
        migrations.AlterField(
            model_name='recording',
            name='video_id',
            field=talks.models.recording.VideoIdField(blank=True, default='', max_length=200, verbose_name='video id'),
        ),
    ]
