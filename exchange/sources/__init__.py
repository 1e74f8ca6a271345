"""The sources of imports, each in a folder of its own."""
