"""Words without a database: names, slugs, addresses, languages, Markdown."""
