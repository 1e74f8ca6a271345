"""What axe finds wrong on a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe

# The rules whose answer another colour scheme can change; all others read the document alone.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}


def faults_of(page, *, in_colours_alone=False):
    """Return axe's report, or None where it has nothing to say."""
    results = Axe().run(page, options=COLOURS) if in_colours_alone else Axe().run(page)
    return results.generate_report() if results.violations_count else None
