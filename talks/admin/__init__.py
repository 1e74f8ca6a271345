"""Talks and tags in the admin."""

from talks.admin import talks  # noqa: F401 -- registers them
