"""What an abstract is written in, where its file says nothing or something else.

Only signs that nothing else has are taken for a format; what has none stays what it was said to be.
"""

import re

from talks.enums import AbstractFormat

_HTML = re.compile(r"</(?:p|ul|ol|li|a|div|h[1-6])>|<br ?/?>|<p>", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\[[^\]\n]+\]\(https?://[^)\s]+\)|^\[[^\]\n]+\]: https?://|^#{1,6} \S|^```"
    r"|(?<![*\w])\*\*[^\s*][^*\n]*\*\*(?![*\w])",
    re.MULTILINE,
)
_RESTRUCTURED = re.compile(
    r"`[^`\n]+<https?://[^>\n]+>`_|``[^`\n]+``|^\.\. |::[ \t]*$|^\+[-=+]{3,}\+[ \t]*$"
    r"|^=+(?: +=+)+[ \t]*$",
    re.MULTILINE,
)


def format_of(text: str, said: str) -> str:
    """Return the format of a text that was said to be plain or in reStructuredText."""
    if said not in {AbstractFormat.PLAIN, AbstractFormat.RST}:
        return said
    if _RESTRUCTURED.search(text):
        return AbstractFormat.RST
    if _HTML.search(text):
        return AbstractFormat.HTML
    return AbstractFormat.MARKDOWN if _MARKDOWN.search(text) else said
