"""Views of recaps, authors and the book."""
