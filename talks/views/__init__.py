"""Views of talks, tags and calendars."""
