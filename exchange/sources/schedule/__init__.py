"""Programmes of conferences: schedule JSON and XML."""

from exchange.sources.schedule.source import SOURCE

__all__ = ["SOURCE"]
