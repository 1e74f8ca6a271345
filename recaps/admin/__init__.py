"""Recaps in the admin."""

from recaps.admin import recaps  # noqa: F401 -- registers them
