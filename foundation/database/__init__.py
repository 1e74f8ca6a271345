"""The connection: its limits, its faults, what it reads that no calendar has."""
