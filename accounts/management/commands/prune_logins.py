"""`manage.py prune_logins`: delete expired sessions and old login records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.pruning import DAYS_KEPT, prune_logins


class Command(BaseCommand):
    """Run it once a day; running it more often does no harm."""

    help = "Delete sessions that have ended, and records of logins older than --days."

    def add_arguments(self, parser: CommandParser) -> None:
        said = f"records of logins are kept so many days ({DAYS_KEPT})"
        parser.add_argument("--days", type=int, default=DAYS_KEPT, help=said)

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        counts = prune_logins(days=days).items()
        self.stdout.write(f"Deleted {', '.join(f'{count} {name}' for name, count in counts)}.")
