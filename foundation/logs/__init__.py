"""Log lines, and the request that they belong to."""
