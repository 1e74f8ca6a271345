"""`manage.py dumpdata`: Django's, without the rows that every database creates itself."""

from typing import Any

from django.core.management.commands import dumpdata

from operations.dumping import KEPT_BY_TRIGGERS, MADE_BY_MIGRATING


class Command(dumpdata.Command):
    help = f"{dumpdata.Command.help} Rows that the database makes from others are left out."

    def handle(self, *app_labels: str, **options: Any) -> str | None:
        excluded = [*options["exclude"], *KEPT_BY_TRIGGERS, *MADE_BY_MIGRATING]
        options |= {"exclude": excluded, "use_natural_foreign_keys": True}
        return super().handle(*app_labels, **options)
