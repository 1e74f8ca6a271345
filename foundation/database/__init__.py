"""Database connection: time limits, error classification, sessions, out-of-range dates."""
