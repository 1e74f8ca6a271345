"""Pages of talks and tags."""
