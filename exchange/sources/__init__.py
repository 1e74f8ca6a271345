"""The formats that libraries come in."""
