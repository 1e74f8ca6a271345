"""Rules for blocks: headings, tables, lists of tasks, code, footnotes, definitions."""
