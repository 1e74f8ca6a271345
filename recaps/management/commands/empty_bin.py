"""`manage.py empty_bin`: delete recaps that have been in the bin for longer than 30 days.

Also deletes the working copies of closed editors without unsaved text.
"""

from typing import Any

from django.core.management.base import BaseCommand

from recaps.drafts import forget_closed
from recaps.states import empty_bin


class Command(BaseCommand):
    """Run it once a day; running it more often does no harm."""

    help = "Delete the recaps that have been in the bin for longer than 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            f"Deleted {empty_bin()} recaps for good. Forgot {forget_closed()} closed editors."
        )
