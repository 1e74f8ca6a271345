"""Source: folders in the pyvideo layout."""

from exchange.sources.pyvideo.source import SOURCE

__all__ = ["SOURCE"]
