"""Replaces taggit's command of this name, which only knows taggit's own table, unused
on this site.

It is in this app because the first installed app with a command wins, and taggit comes before
talks.
"""

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Explain why there is nothing to do."""

    help = "Two tags never differ by case alone here: the database refuses the second one."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(self.help)
