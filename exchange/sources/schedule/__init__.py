"""Programmes of conferences: schedule JSON and XML, dumps of pretalx, calendars, tables."""

from exchange.sources.schedule.source import SOURCE

__all__ = ["SOURCE"]
