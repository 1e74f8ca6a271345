"""`manage.py empty_bin`: delete recaps that have been in the bin for longer than 30 days.

Also deletes the working copies of closed editors without unsaved text.
"""

from typing import Any

from django.core.management.base import BaseCommand

from recaps.drafts import delete_closed_copies
from recaps.states import empty_bin


class Command(BaseCommand):
    """Run it once a day; running it more often does no harm."""

    help = "Delete the recaps that have been in the bin for longer than 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        recaps, copies = empty_bin(), delete_closed_copies()
        self.stdout.write(f"Deleted {recaps} recaps for good. Forgot {copies} closed editors.")
