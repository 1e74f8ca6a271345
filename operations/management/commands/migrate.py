"""`manage.py migrate`: Django's, with a time limit on waiting for locks.

A statement that waits for a table lock blocks everybody who comes after it, readers too. So a
migration that does not get its lock in time gives up and says what to do.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.utils.translation import gettext as _

from foundation.database.faults import is_lock_missed
from foundation.database.session_setting import session_setting

SECONDS = 2


class Command(migrate.Command):
    help = "Updates the database's tables. No migration waits for a table for long."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout",
            type=int,
            default=SECONDS,
            metavar="SECONDS",
            help=f"How long to wait for a table that others use; 0: for ever ({SECONDS}).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seconds = options["lock_timeout"]
        connection = connections[options["database"]]
        try:
            with (
                session_setting(connection, "lock_timeout", f"{seconds}s"),
                session_setting(connection, "statement_timeout", "0"),
            ):
                super().handle(*args, **options)
        except OperationalError as error:
            if not is_lock_missed(error):
                raise
            said = _(
                "A migration waited %(seconds)d s for a table that somebody else uses, and gave up,"
                " so that nobody waits behind it. What was done so far stays, and the rest is done"
                " by `manage.py migrate`; if that goes on failing, at a quieter time or with"
                " `--lock-timeout=30`."
            )
            raise CommandError(said % {"seconds": seconds}) from error
