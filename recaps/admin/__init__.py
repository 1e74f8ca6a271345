"""Admin of recaps."""

from recaps.admin import follow_ups, recaps, start_texts  # noqa: F401 -- registers them
