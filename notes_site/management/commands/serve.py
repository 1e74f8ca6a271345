"""`manage.py serve`: set up everything that is missing, then serve the site."""

import os
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.first_login import make_first_login
from notes_site.static_files import collect_static_files


class Command(BaseCommand):
    """Migrate, collect static files, fill an empty database, then become gunicorn."""

    help = "Prepare the database and static files, fill an empty library, and serve the site."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dev", action="store_true", help="autoreload and debug pages")

    def handle(self, *args: Any, dev: bool, **options: Any) -> None:
        port = urlsplit(settings.SITE_URL).port or 8000
        port = int(os.environ.get("PORT") or port)
        refuse_taken_port(port)
        call_command("migrate", verbosity=0, interactive=False)
        if not dev:
            collect_static_files()
        call_command("load_sample_library", if_empty=True, stdout=self.stdout)
        self.greet(port)
        become_server(port, dev=dev)

    def greet(self, port: int) -> None:
        """Print the URLs and, once, the login that was created."""
        address = f"http://127.0.0.1:{port}"
        login_file = settings.VAR_DIR / "first-login.txt"
        login = None if settings.DATABASE_URL else make_first_login(login_file)
        self.stdout.write(f"The site:   {address}/")
        self.stdout.write(f"The admin:  {address}/admin/")
        if login:
            self.stdout.write(f"Log in as:  {login.username}  with  {login.password}")
            self.stdout.write(f"            (kept in {os.path.relpath(login_file)})")
        self.stdout.flush()


def refuse_taken_port(port: int) -> None:
    """Raise CommandError if another process listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")


def become_server(port: int, *, dev: bool) -> None:
    """Replace this process by the server, so that Ctrl-C and signals reach only the server."""
    python = sys.executable
    if dev:
        command = [python, "manage.py", "runserver", f"127.0.0.1:{port}"]
    else:
        config = "python:notes_site.gunicorn_config"
        command = [python, "-m", "gunicorn", "-c", config, "notes_site.wsgi"]
    os.chdir(Path(settings.BASE_DIR))
    os.environ["PORT"] = str(port)
    os.execv(python, command)  # noqa: S606 -- our own interpreter with our own arguments
