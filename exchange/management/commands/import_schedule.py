"""`manage.py import_schedule FILE`: a conference and its talks from its programme."""

from exchange.management.import_command import ImportCommand
from exchange.sources.schedule import SOURCE


class Command(ImportCommand):
    help = (
        "Imports a conference and its talks from its programme: schedule JSON or XML as pretalx, "
        "frab, pentabarf, wafer and the hub write them, a dump of pretalx's API, a calendar, a "
        "table with a header row; or a folder of such files. Running it again brings in what is "
        "new and keeps what people edited."
    )
    source = SOURCE
    metavar = "FILE"
