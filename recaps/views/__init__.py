"""Pages of recaps, their archive and the book."""
