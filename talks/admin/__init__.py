"""Admin of talks and tags."""

from talks.admin import talks  # noqa: F401 -- registers them
