"""Markdown rules for blocks: headings, tables, task lists, code, footnotes, definitions."""
