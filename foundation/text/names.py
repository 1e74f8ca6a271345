"""Names and texts as people type them: cleaning, comparison keys, sort keys.

Two spellings are the same name when their keys are equal. Everything here is pure: no
models, no settings, no database.
"""

import re
import unicodedata
from collections.abc import Iterator

# Zero-width and bidirectional control characters: invisible, so two names that differ only
# in them look the same to a reader.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)
_ZERO_WIDTH_JOINER = 0x200D
_ZERO_WIDTH_NON_JOINER = 0x200C
# Joiners carry meaning inside emoji and in Arabic or Indic scripts: kept in what is shown.
_INVISIBLE_BUT_JOINERS = {
    code: None for code in _INVISIBLE if code not in {_ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER}
}
# What XML 1.0 and PostgreSQL cannot hold: C0 and C1 controls but tab, LF, CR, lone
# surrogates and the two non-characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
# Normalising sorts the marks on one letter, in quadratic time. Nobody writes more than 30, which
# is also where Unicode's stream-safe text format draws the line.
_MOST_MARKS = 30
_PERHAPS_MANY_MARKS = re.compile(rf"[^\x00-\u02ff]{{{_MOST_MARKS + 1}}}")
# The longest name is 200 characters, and folding can treble them; columns for keys hold 400.
KEY_MAX_LENGTH = 400
SORT_KEY_MAX_LENGTH = 200
# Accents of Latin, Greek and Cyrillic letters, once decomposed; but й is a letter of its own.
_ACCENT = re.compile("(?!(?<=и)\u0306)[\u0300-\u036f]")
_NO_LETTERS_FIRST = re.compile(r"^[\W_ʼ]+")
_LATIN_EXTRAS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
_OTHER_LETTER = "#"
_SHARED_HEADINGS = {"CJK": "漢", "HIRAGANA": "あ", "KATAKANA": "あ", "HANGUL": "한"}


def clean_line(text: str) -> str:
    """Return a title, a name or a room as one line: NFC, no invisible characters, white space
    collapsed.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # the same for most names, and an import has a million
    visible = without_controls(text.replace("\x85", "\n")).translate(_INVISIBLE_BUT_JOINERS)
    return _composed(_SPACES.sub(" ", visible).strip())


def clean_text(text: str) -> str:
    """Return multi-line text: NFC, LF line ends, no control characters, no outer white space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _composed(without_controls(lines).strip())


def without_controls(text: str) -> str:
    """Return the text without characters that XML 1.0 and PostgreSQL cannot hold. White space
    stays.
    """
    return _CONTROL.sub("", text)


def name_key(name: str) -> str:
    """Return the comparison key of a name: equal for two spellings of it; '' for an
    invisible name.

    NFC(casefold(NFC(name))) without zero-width and bidirectional characters, spaces collapsed.
    Accents, punctuation and word order stay: they are for people to judge.
    """
    line = clean_line(name)
    if line.isascii():
        return line.lower()[:KEY_MAX_LENGTH].rstrip()
    folded = _composed(line.casefold().translate(_INVISIBLE))
    return _SPACES.sub(" ", folded).strip()[:KEY_MAX_LENGTH].rstrip()


def sort_key(name: str) -> str:
    """Return the sort key for A–Z lists: from the first letter or digit on, unaccented, casefolded,
    at most 200 characters.
    """
    folded = name_key(name).translate(_LATIN_EXTRAS)
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFKD", folded)))
    return _NO_LETTERS_FIRST.sub("", plain)[:SORT_KEY_MAX_LENGTH] or folded[:SORT_KEY_MAX_LENGTH]


def initial_letter(name: str) -> str:
    """Return the heading an A–Z list shows the name under: its first letter, or '#'.

    Scripts of thousands of letters share one heading each: '漢', 'あ', '한'.
    """
    first = sort_key(name)[:1]
    if not first.isalpha():
        return _OTHER_LETTER
    script = unicodedata.name(first, "").partition(" ")[0].partition("-")[0]
    # Title case: that is upper case but for scripts like Georgian, which write headings small.
    return _SHARED_HEADINGS.get(script, first.title()[:1])


def _composed(text: str) -> str:
    """Return the text in NFC, with at most 30 combining marks in a row."""
    if _PERHAPS_MANY_MARKS.search(text):
        text = "".join(_few_marks(text))
    return unicodedata.normalize("NFC", text)


def _few_marks(text: str) -> Iterator[str]:
    in_a_row = 0
    for character in text:
        in_a_row = in_a_row + 1 if unicodedata.category(character)[0] == "M" else 0
        if in_a_row <= _MOST_MARKS:
            yield character
