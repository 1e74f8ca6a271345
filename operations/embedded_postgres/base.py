"""The database backend: PostgreSQL's own, which starts the server if it cannot connect.

`HOST` is the data directory, which also holds the socket. Nothing is started before the first
connection, so settings can be imported (mypy, collectstatic) without a server.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from foundation.database.limits import SilentServerError
from operations.embedded_postgres.cluster import Cluster, ClusterError, MisplacedClusterError


class DatabaseClient(client.DatabaseClient):
    """`dbshell`: starts the server if necessary, and uses its own psql."""

    connection: "DatabaseWrapper"

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        command, env = super().settings_to_cmd_args_env(settings_dict, parameters)
        psql = Cluster(Path(settings_dict["HOST"])).binaries / "psql"
        return [str(psql), *command[1:]], env

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if that fails, start the server and connect once more.

        Raises ImproperlyConfigured if the directory is unusable, else OperationalError.
        """
        try:
            return super().get_new_connection(conn_params)
        except SilentServerError:
            raise  # there is one, which is no business of ours
        except self.Database.OperationalError:
            self._ensure_running()
        return super().get_new_connection(conn_params)

    def _ensure_running(self) -> None:
        try:
            Cluster(Path(self.settings_dict["HOST"])).ensure_running(self._database_to_create())
        except MisplacedClusterError as error:
            raise ImproperlyConfigured(str(error)) from error
        except ClusterError as error:
            raise OperationalError(str(error)) from error

    def _database_to_create(self) -> str | None:
        """The configured database. None for test databases, which Django creates itself."""
        name: str | None = self.settings_dict["NAME"]
        is_test = name and (name.startswith("test_") or name == self.settings_dict["TEST"]["NAME"])
        return None if is_test else name
