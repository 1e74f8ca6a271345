"""Languages are tags: what names one otherwise is mended and listed, all else is unknown."""

import foundation.text.languages
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


def _mend(apps, schema_editor):
    for name in ('Talk', 'Recording'):
        rows = apps.get_model("talks", name).objects
        for was in rows.exclude(language="").values_list("language", flat=True).order_by().distinct():
            tag = foundation.text.languages.language_tag(was)
            if tag != was:
                with schema_editor.connection.cursor() as cursor:
                    table = apps.get_model("talks", name)._meta.db_table
                    cursor.execute(f"UPDATE {table} SET language = %s WHERE language = %s", [tag, was])
                    print(f"\n    {name}: the language {was!r} of {cursor.rowcount} is {tag!r} now.", end="")


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0004_old_addresses_stay'),
        ('speakers', '0005_folded_names'),
        ('talks', '0013_offsets_within_a_week'),
    ]

    operations = [
        migrations.RunPython(_mend, migrations.RunPython.noop),
        # What waits for the end of the transaction would be in the way of the constraint.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='recording',
            name='language',
            field=foundation.text.languages.LanguageField(blank=True, default='', max_length=35, verbose_name='language'),
        ),
        migrations.AlterField(
            model_name='talk',
            name='language',
            field=foundation.text.languages.LanguageField(blank=True, default='', help_text='A code such as en, de or pt-BR.', max_length=35, verbose_name='language'),
        ),
        AddConstraintNotValid(
            model_name='recording',
            constraint=models.CheckConstraint(condition=models.Q(('language', ''), ('language__regex', '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$'), _connector='OR'), name='recording_language_is_a_tag', violation_error_message='A language is a code such as en, de or pt-BR.'),
        ),
        AddConstraintNotValid(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('language', ''), ('language__regex', '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$'), _connector='OR'), name='talk_language_is_a_tag', violation_error_message='A language is a code such as en, de or pt-BR.'),
        ),
    ]
