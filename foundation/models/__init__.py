"""Model fields, constraints, querysets and migration operations that the apps share."""
