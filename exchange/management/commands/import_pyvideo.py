"""`manage.py import_pyvideo FOLDER`: import conferences and talks from a folder in the pyvideo
layout.
"""

from exchange.management.import_command import ImportCommand
from exchange.sources.pyvideo import SOURCE


class Command(ImportCommand):
    help = (
        "Imports conferences and talks from a folder in the pyvideo layout: one event "
        "(category.json, videos/*.json) or a folder of many. Running it again brings in what is "
        "new and keeps what people edited."
    )
    source = SOURCE
