"""Names that only a sign tells apart: C, C++ and C#; F#, .NET, A*.

Texts and what is asked spell them out alike: "cpp", "csharp", "dotnet", "a astar". The
database does the same to texts (`search_spelled` in texts.sql); a test holds the two together.
"""

import re

_SIGNED = re.compile(r"[+#*♯＋＃]|\.net", re.IGNORECASE)
_LETTER = r"(?<![^\W_])([a-z])"
_SPELLED_OUT = (
    (re.compile(_LETTER + r"[+＋]{2}(?![a-z+＋])", re.IGNORECASE), r"\1pp "),
    (re.compile(_LETTER + r"[#♯＃](?![a-z#♯＃])", re.IGNORECASE), r"\1sharp "),
    (re.compile(r"(?<![^\W_])(?<!\*)([a-z])\*(?![^\W_]|\*)", re.IGNORECASE), r"\1 \1star "),
    (re.compile(r"(?<!\w)\.net(?!\w)", re.IGNORECASE), " dotnet "),
    (re.compile(r"(?<=[^\W_])\.NET(?!\w)"), " NET dotnet "),
)
# How a spelled-out word stands in texts.
_WRITTEN = {"pp": r"[+＋]{2}", "sharp": r"[#♯＃]", "star": r"\*"}
_WORD = re.compile(r"(?:[a-z] )?([a-z])(pp|sharp|star)", re.IGNORECASE)


def spelled(text: str) -> str:
    """Return the text with such names as words."""
    if not _SIGNED.search(text):
        return text
    for pattern, word in _SPELLED_OUT:
        text = pattern.sub(word, text)
    return text


def written(word: str) -> str:
    """Return the pattern of how a text writes what was spelled out; '' for any other word."""
    if word.lower() == "dotnet":
        return r"(?<!\w)\.net(?!\w)"
    found = _WORD.fullmatch(word)
    return rf"(?<![^\W_]){found[1]}{_WRITTEN[found[2].lower()]}" if found else ""
