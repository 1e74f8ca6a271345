"""From read records to rows: whatever the source."""
