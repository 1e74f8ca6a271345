"""Settings from environment variables, parsed strictly.

An invalid value stops the start with one line that names the variable and what it accepts; an empty
or absent variable means its default.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


# The exit status of a process that cannot serve. gunicorn's master gives up at a worker that ends
# with it, where it would start another one after any other status, for ever.
CANNOT_SERVE = 3


class WrongSetting(SystemExit):
    """An invalid variable: prints one line on stderr, ends the process with status 3."""

    def __init__(self, name: str, value: str, accepts: str):
        super().__init__(CANNOT_SERVE)
        self.sentence = f"{name}={value!r} cannot be used: it accepts {accepts}."
        # Python itself prints nothing where the exit status is a number.
        sys.stderr.write(f"{self.sentence}\n")

    def __str__(self) -> str:
        return self.sentence


class Env:
    """Typed access to the environment; an unset or empty variable gives the default."""

    def __init__(self, variables: Mapping[str, str] = os.environ):
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value not in _TRUE | _FALSE:
            raise WrongSetting(name, value, "1, true, yes, on, 0, false, no or off")
        return value in _TRUE

    def number(self, name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 12):
            raise WrongSetting(name, value, f"a whole number from {least} to {most}")
        if not least <= int(value) <= most:
            raise WrongSetting(name, value, f"a whole number from {least} to {most}")
        return int(value)

    def words(self, name: str) -> list[str]:
        """Return the comma-separated parts, without empty ones."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise WrongSetting(name, value, f"one of {', '.join(choices)}")
        return value

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            accepts = "the IANA name of a time zone, such as Europe/Berlin"
            raise WrongSetting(name, value, accepts) from error
        return value

    def site_url(self, name: str, default: str) -> str:
        """Return scheme and host without a final slash. Plain http is for loopback only."""
        value = self.text(name, default).rstrip("/")
        accepts = "https://your.host, or http:// on localhost or 127.0.0.1 only, without a path"
        try:
            parts = urlsplit(value)
            parts.port  # noqa: B018 -- raises ValueError for a port that is not one
        except ValueError as error:
            raise WrongSetting(name, value, accepts) from error
        schemes = {"https", "http"} if parts.hostname in LOOPBACK else {"https"}
        bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
        if parts.scheme not in schemes or not parts.hostname or not bare:
            raise WrongSetting(name, value, accepts)
        return value

    def redis_url(self, name: str) -> str:
        """Return the URL of a Redis server; '' if unset."""
        value = self.text(name)
        if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
            # The value may hold a password: it is not repeated.
            raise WrongSetting(name, "…", "redis://host:6379/0, rediss://… or unix:///path?db=0")
        return value

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).resolve()
