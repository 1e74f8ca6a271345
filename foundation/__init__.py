"""What every app stands on: words, model fields, pages, admin classes, and what is kept."""
