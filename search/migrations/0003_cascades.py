"""PostgreSQL itself deletes a document with the object it is about."""

from django.db import migrations

LINKS = {
    "talk": "talks_talk",
    "recap": "recaps_recap",
    "speaker": "speakers_speaker",
    "conference": "conferences_conference",
    "series": "conferences_series",
}
ADD = """
    ALTER TABLE search_searchdocument ADD CONSTRAINT document_of_{link}
    FOREIGN KEY ({link}_id) REFERENCES {table} (id) ON DELETE CASCADE
"""
DROP = "ALTER TABLE search_searchdocument DROP CONSTRAINT document_of_{link}"


class Migration(migrations.Migration):
    dependencies = [("search", "0002_search_documents")]

    operations = [
        migrations.RunSQL(ADD.format(link=link, table=table), DROP.format(link=link))
        for link, table in LINKS.items()
    ]
