"""taggit's command of this name knows taggit's own table alone, which this site does not use.

It stands here because the first installed app that has a command wins, and taggit comes before
talks.
"""

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Say why there is nothing to do."""

    help = "Two tags never differ by case alone here: the database refuses the second one."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(self.help)
