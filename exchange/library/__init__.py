"""Writes parsed events to the database, whatever their source."""
