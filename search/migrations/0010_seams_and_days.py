"""No phrase runs on from one part of a document to the next, and recaps have the day of their talk.

As its year is its talk's, a recap's day in search is too: so a year is a span of days. Migration 0013
brings these rules with its own, and 0014 makes all documents anew.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0009_words_and_filters")]

    operations = []
