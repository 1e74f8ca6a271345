"""`manage.py loaddata`: Django's, for a database whose triggers and migrations also write rows."""

from typing import Any

from django.core.management.commands import loaddata
from django.db import connections

from operations.dumping import FIRST_ROWS, KEPT_BY_TRIGGERS


class Command(loaddata.Command):
    help = f"{loaddata.Command.help} Rows that the database makes from others are passed over."

    def handle(self, *fixture_labels: str, **options: Any) -> str | None:
        options["exclude"] = [*options["exclude"], *KEPT_BY_TRIGGERS]
        return super().handle(*fixture_labels, **options)

    def loaddata(self, fixture_labels: Any) -> None:
        """Load the files in one transaction that leaves the revisions of calendar events alone."""
        with connections[self.using].cursor() as cursor:
            cursor.execute("SELECT set_config('notes.loading', 'yes', true)")
        super().loaddata(fixture_labels)

    def save_obj(self, obj: Any) -> bool:
        """Save a row of a file, after deleting a row that migrations created in its place."""
        field = FIRST_ROWS.get(obj.object._meta.label)
        if field:
            rows = type(obj.object)._base_manager.using(self.using)
            same = rows.filter(**{field: getattr(obj.object, field)})
            same.exclude(pk=obj.object.pk).delete()
        return super().save_obj(obj)
