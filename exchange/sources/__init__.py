"""The sources that libraries come from, each in a folder of its own."""
