"""Programmes of conferences: schedule JSON and XML, dumps of pretalx, calendars."""

from exchange.sources.schedule.source import SOURCE

__all__ = ["SOURCE"]
