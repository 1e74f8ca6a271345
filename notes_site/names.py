"""Names and texts as people type them: cleaning, comparison keys, sort keys.

Two spellings are the same name when their keys are equal. Everything here is pure: no
models, no settings, no database.
"""

import re
import unicodedata

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
    code: None
    for code in _INVISIBLE
    if code not in {_ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER}
}
# What XML 1.0 and PostgreSQL cannot hold: C0 and C1 controls but tab, LF, CR, lone
# surrogates and the two non-characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_LATIN_EXTRAS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
_OTHER_LETTER = "#"
_SHARED_HEADINGS = {"CJK": "漢", "HIRAGANA": "あ", "KATAKANA": "あ", "HANGUL": "한"}


def clean_line(text: str) -> str:
    """Return one line for a title, a name, a room: NFC, visible, inner white space as one space."""
    visible = _CONTROL.sub("", text.replace("\x85", "\n")).translate(_INVISIBLE_BUT_JOINERS)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible).strip())


def clean_text(text: str) -> str:
    """Return prose of several lines: NFC, LF line ends, no control characters, no outer space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


def name_key(name: str) -> str:
    """Return what two spellings of one name share; '' where nothing of the name is visible.

    NFC(casefold(NFC(name))) without zero-width and bidirectional characters, spaces collapsed.
    Accents, punctuation and word order stay: they are for people to judge.
    """
    folded = unicodedata.normalize("NFC", clean_line(name)).casefold().translate(_INVISIBLE)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", folded).strip())


def sort_key(name: str) -> str:
    """Return the name as A–Z lists order it: unaccented, casefolded, at most 200 characters."""
    folded = name_key(name).translate(_LATIN_EXTRAS)
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in decomposed if not _is_accent(c))
    return unicodedata.normalize("NFC", plain).lstrip("'\"@([{.-_ ")[:200] or folded[:200]


def initial_letter(name: str) -> str:
    """Return the heading an A–Z list shows the name under: its first letter, or '#'.

    Scripts of thousands of letters share one heading each: '漢', 'あ', '한'.
    """
    first = sort_key(name)[:1]
    if not first.isalpha():
        return _OTHER_LETTER
    script = unicodedata.name(first, "").split(" ")[0]
    return _SHARED_HEADINGS.get(script, first.upper()[:1])


def _is_accent(character: str) -> bool:
    """Tell whether a decomposed mark is a Latin, Greek or Cyrillic accent (not an Indic vowel)."""
    return 0x0300 <= ord(character) <= 0x036F
