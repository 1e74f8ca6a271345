#!/usr/bin/env python
"""Django's command line for the talk notes site."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError

from operations.env import CANNOT_SERVE


def main() -> None:
    """Run the command. Errors that an operator can fix are printed as one sentence, with exit
    status 3.

    For example a directory where no database can live, or a database that is unreachable.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError, InterfaceError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"{_sentence(error)}\n")
        sys.exit(CANNOT_SERVE)


def _sentence(error: Exception) -> str:
    said = " ".join(str(error).split())
    if isinstance(error, ImproperlyConfigured):
        return said
    return f"The database cannot be used: {said}"


if __name__ == "__main__":
    main()
