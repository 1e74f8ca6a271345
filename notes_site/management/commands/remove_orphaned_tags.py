"""`manage.py remove_orphaned_tags`: delete the tags that no talk, recap or text uses.

Replaces taggit's command of this name, which only knows taggit's own table. It is in this app
because the first installed app with a command wins, and taggit comes before talks.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from talks.models import Tag


class Command(BaseCommand):
    help = "Delete the tags that no talk and no recap has, with their synonyms and old addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only list them.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        orphans = Tag.objects.orphaned().order_by("key")
        for tag in orphans:
            self.stdout.write(tag.name)
        count = len(orphans)
        if not dry_run:
            orphans.order_by().delete()
        self.stdout.write(f"{count} tags {'would be' if dry_run else 'were'} deleted.")
