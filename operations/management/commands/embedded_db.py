"""`manage.py embedded_db start|stop|status|url`: the embedded PostgreSQL server.

Exit status 0 when done or running, 1 when it cannot be done, 3 when `status` finds no server.
"""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from operations.embedded_postgres.cluster import PORT, SUPERUSER, Cluster, ClusterError

NOT_RUNNING = 3  # as `pg_ctl status` says it


class Command(BaseCommand):
    help = "Starts, stops or describes the PostgreSQL server used where DATABASE_URL is not set."
    requires_system_checks = ()  # checks may ask the database, which would start it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status", "url"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        database = connections[DEFAULT_DB_ALIAS].settings_dict
        if database["ENGINE"] != "operations.embedded_postgres":
            raise CommandError("The site uses the server that DATABASE_URL names, not its own.")
        try:
            cluster = Cluster(Path(database["HOST"]))
            cluster.check_place()
            getattr(self, action)(cluster, database["NAME"])
        except (ClusterError, OSError) as error:
            raise CommandError(str(error)) from error

    def start(self, cluster: Cluster, name: str) -> None:
        cluster.ensure_running(name)
        self.status(cluster, name)

    def stop(self, cluster: Cluster, name: str) -> None:
        was_running = cluster.stop()
        said = "has stopped" if was_running else "was not running"
        self.stdout.write(f"PostgreSQL in {cluster.directory} {said}.")

    def status(self, cluster: Cluster, name: str) -> None:
        pid = cluster.postmaster()
        if pid is None:
            self.stdout.write(f"PostgreSQL in {cluster.directory} is not running.")
            sys.exit(NOT_RUNNING)
        self.stdout.write(f"PostgreSQL in {cluster.directory} is running (pid {pid}).")

    def url(self, cluster: Cluster, name: str) -> None:
        host = quote(str(cluster.directory), safe="")
        self.stdout.write(f"postgresql://{SUPERUSER}@{host}:{PORT}/{quote(name)}")
