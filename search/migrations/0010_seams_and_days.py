"""No phrase runs on from one part of a document to the next, and recaps have the day of their talk.

As its year is its talk's, a recap's day in search is too: so a year is a span of days. All documents
are made anew.
"""

from django.db import migrations

from search.migrations import sql


class Migration(migrations.Migration):
    dependencies = [("search", "0009_words_and_filters")]

    operations = [sql.again("texts"), sql.again("rows"), sql.again("fill")]
