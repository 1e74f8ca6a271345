"""Plain text and reading time of rendered HTML."""

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
    """Return the plain text of HTML that this package rendered."""
    return unescape(_ELEMENT.sub("", html))


def reading_minutes(html: str) -> int:
    """Return the reading time in minutes, at least one; 0 for no text.

    Counts words, and characters in scripts without spaces between words.
    """
    others, signs = _SIGN.subn(" ", text_of(html))
    words = sum(1 for word in others.split() if any(map(str.isalnum, word)))
    if not words and not signs:
        return 0
    return max(1, round(words / WORDS_A_MINUTE + signs / SIGNS_A_MINUTE))
