"""The models that a whole dump (`dumpdata`) leaves out, and the rows that a loaded dump
replaces.
"""

# PostgreSQL's triggers make these rows from the others, while a dump is loaded as at any time.
KEPT_BY_TRIGGERS = (
    "counts.KeptCount",
    "recaps.RecapTopic",
    "search.RebuildProgress",
    "search.SearchDocument",
    "search.SearchWord",
)
# Migrating makes these anew, with keys of its own: others name them by their names.
MADE_BY_MIGRATING = ("auth.Permission", "contenttypes.ContentType")
# Migrating writes a first row of each, which gives way to the dump's; told by this field.
FIRST_ROWS = {"auth.Group": "name", "recaps.StartText": "kind"}
