"""Rendered HTML as readers take it in: its plain text, and how long that takes to read."""

import re
from html import unescape

WORDS_A_MINUTE = 230
SIGNS_A_MINUTE = 500
_ELEMENT = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
# Japanese, Chinese and Korean, whose readers are measured in signs, and Thai, Lao, Burmese, Khmer.
_SIGN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


def text_of(html: str) -> str:
    """Return the text of HTML that was rendered here."""
    return unescape(_ELEMENT.sub("", html))


def reading_minutes(html: str) -> int:
    """Return the minutes that it takes to read a rendered text, at least one; no text takes none.

    By its words, and by its signs where a script puts no spaces between words.
    """
    others, signs = _SIGN.subn(" ", text_of(html))
    words = sum(1 for word in others.split() if any(map(str.isalnum, word)))
    if not words and not signs:
        return 0
    return max(1, round(words / WORDS_A_MINUTE + signs / SIGNS_A_MINUTE))
