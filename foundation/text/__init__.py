"""Text functions without a database: names, slugs, URLs, languages, durations, Markdown."""
