"""`manage.py tidy_images`: delete stray files; list lost files and unused images.

Exit status 1 if a file is lost, so that cron reports it.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from images.tidying import (
    delete_images,
    images_without_file,
    remove_stray_files,
    unused_images,
)


class Command(BaseCommand):
    """Run it once a week; running it more often does no harm."""

    help = (
        "Remove files of no image, list images whose file is lost, and list images that no text "
        "shows, or delete them with --delete-unused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=30, help="An image is unused after so many days (30)."
        )
        parser.add_argument("--delete-unused", action="store_true", help="Delete what is unused.")

    def handle(self, *args: Any, **options: Any) -> None:
        lost = list(images_without_file())
        for name in lost:
            self.stdout.write(f"lost: {name}")
        unused = unused_images(days=options["days"])
        for image in unused:
            who = image.uploaded_by.username
            self.stdout.write(f"unused: {image} ({who}, {image.created_at:%Y-%m-%d})")
        if options["delete_unused"]:
            delete_images(unused)
            self.stdout.write(f"Deleted {len(unused)} unused images.")
        self.stdout.write(f"Removed {remove_stray_files()} stray files.")
        if lost:
            sys.exit(1)
