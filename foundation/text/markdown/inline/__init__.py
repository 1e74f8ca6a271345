"""Markdown rules for inline content: links, images, timestamps, `[[names]]`, HTML elements."""
