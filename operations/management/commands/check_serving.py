"""`manage.py check_serving`: check whether the site can be served with its present settings."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from operations.env import CANNOT_SERVE
from operations.serving import reasons_not_to_serve


class Command(BaseCommand):
    help = "Print a line for each problem that forbids serving the site; exit status 3 if any does."
    requires_system_checks = ()  # they are what it runs

    def handle(self, *args: Any, **options: Any) -> None:
        reasons = reasons_not_to_serve()
        for reason in reasons:
            self.stderr.write(reason)
        if reasons:
            sys.exit(CANNOT_SERVE)
