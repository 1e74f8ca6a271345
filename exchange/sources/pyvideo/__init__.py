"""Folders in the pyvideo layout."""
