"""Talk abstracts of any format as safe HTML.

If a file gives no format, or a wrong one, unmistakable markup decides.
"""

import re

from django.utils.safestring import SafeString

from foundation.text.markdown import (
    clean_html,
    render_markdown,
    render_plain,
    render_restructured,
)
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
    """Return the real format of a text that is declared as plain or reStructuredText."""
    if said not in {AbstractFormat.PLAIN, AbstractFormat.RST}:
        return said
    if _RESTRUCTURED.search(text):
        return AbstractFormat.RST
    if _HTML.search(text):
        return AbstractFormat.HTML
    return AbstractFormat.MARKDOWN if _MARKDOWN.search(text) else said


# Lines shorter than this were ended by their author, longer ones by an editor's margin.
_WRAPPED_FROM = 55
_OWN_LINE = re.compile(r"\s|[-*•+|>#.:]|[0-9]{1,3}[.)]\s")


def abstract_html(text: str, written_as: str) -> SafeString:
    """Return an abstract in one of the formats of AbstractFormat as HTML.

    reStructuredText is shown as plain text, with its wrapped lines joined and its links made links:
    its directives can read files and insert raw HTML, so they stay text. Markdown and HTML that
    were declared as plain or reStructuredText are treated as what they are.
    """
    known = format_of(text, written_as)
    match known:
        case AbstractFormat.MARKDOWN:
            # One that was said to be plain has its line breaks for a reason.
            return render_markdown(_unwrapped(text), breaks=known != written_as)
        case AbstractFormat.HTML:
            return clean_html(text if "<p" in text.lower() else _paragraphs(text))
        case AbstractFormat.RST:
            return render_restructured(_unwrapped(text))
        case _:
            return render_plain(text)


def _paragraphs(text: str) -> str:
    """Wrap HTML paragraphs that were only separated by blank lines in elements."""
    return "\n".join(f"<p>{part}" for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph; lists keep a line for each item."""
    joined: list[str] = []
    before = ""
    for line in text.split("\n"):
        if len(before) >= _WRAPPED_FROM and line and not _OWN_LINE.match(line):
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
        before = line
    return "\n".join(joined)
