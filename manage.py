#!/usr/bin/env python
"""Django's command line for the talk notes site."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # such as a directory where no database can live
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(error))
