"""reStructuredText, shown as the plain text it is but for links, literals, bold words and tables.

It is never interpreted: its directives can read files and insert raw HTML.
"""

import re
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString

from foundation.text.markdown.cleaning import stored_html
from foundation.text.markdown.restructured_tables import table_html
from foundation.text.markdown.tables import BOX
from foundation.text.names import without_controls
from foundation.text.weblinks import is_safe_address

# In escaped text: `text <https://…>`_ or with two underscores; ``literal``; lines of ----.
_RST_LINK = re.compile(r"`([^`\n]{1,300}?)&lt;(https?://[^\s`]{1,500}?)&gt;`__?")
_RST_LITERAL = re.compile(r"``([^`\n]{1,300})``")
_STRONG = re.compile(r"(?<![*`\w])\*\*([^\s*`<>][^*\n`<>]{0,300})\*\*(?![*`\w])")
_UNDERLINE = re.compile(r"\n([-=~^\"'*+#])\1{2,}[ \t]*(?=\n|$)")


def render_restructured(text: str) -> SafeString:
    """Return reStructuredText as paragraphs, in which all but our own links is escaped."""
    paragraphs = _UNDERLINE.sub("\n\n", without_controls(text)).split("\n\n")
    html = "".join(_block(paragraph.strip()) for paragraph in paragraphs if paragraph.strip())
    return stored_html(html)


def _block(paragraph: str) -> str:
    table = table_html(paragraph)
    if table:
        return f'<div class="{BOX}" tabindex="0">{table}</div>'
    return f"<p>{_restructured(paragraph)}</p>"


def _restructured(paragraph: str) -> str:
    linked = _RST_LINK.sub(_linked, escape(paragraph))
    marked = _RST_LITERAL.sub(r"<code>\1</code>", _STRONG.sub(r"<strong>\1</strong>", linked))
    return marked.replace("\n", "<br>")


def _linked(found: re.Match[str]) -> str:
    """Return a link for `text <address>`_ in escaped text; the text alone where it is unsafe."""
    text, address = found[1].strip(), found[2]
    if not is_safe_address(unescape(address)):
        return text
    return f'<a href="{address}" rel="noopener nofollow">{text}</a>'
