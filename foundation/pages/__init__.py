"""What public pages are made of."""
