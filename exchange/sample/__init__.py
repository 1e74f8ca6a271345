"""The sample library of a new site, and loading it."""
