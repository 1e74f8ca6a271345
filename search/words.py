"""Parses a query: words and phrases that must occur, or must not.

`django async` requires both words, `"class based views"` a phrase, `-flask` excludes a word, `or`
separates alternatives. Everything else is text: there are no syntax errors.

Names that differ only in a symbol (C, C++ and C#; F#, .NET, A*) are spelled out in texts and in
queries: "cpp", "csharp", "dotnet", "a astar". The database does the same to texts (`search_spelled`
in texts.sql); a test compares the two.
"""

import re
from dataclasses import dataclass, field, replace

MOST_TERMS = 20
# As `search_plain` in the database: what joins words in texts stands between words.
_JOINERS = str.maketrans(dict.fromkeys("./_-:@\\", " "))
_PIECE = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
# Scripts without spaces between words, as `search_unspaced` in the database.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True)
class Term:
    """One word, or several words that must be adjacent; if `is_loose`, anywhere."""

    text: str
    is_loose: bool = field(default=False, compare=False)

    @property
    def is_unspaced(self) -> bool:
        """Whether it is searched letter by letter, because its script has no spaces."""
        return bool(_UNSPACED.search(self.text))

    @property
    def quoted(self) -> str:
        """The term for `websearch_to_tsquery`: a phrase without operators."""
        return f'"{self.text}"'

    @property
    def is_phrase(self) -> bool:
        """Whether it needs the positions of words, which the index lacks."""
        return " " in self.text and not self.is_unspaced


@dataclass(frozen=True)
class Alternative:
    """Terms that must all occur, and terms that must not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def loosened(self) -> "Alternative":
        """Return the alternative without adjacency: it matches whatever this one
        matches, and more.
        """
        wanted = (replace(term, is_loose=term.is_phrase) for term in self.wanted)
        return Alternative(
            tuple(wanted), tuple(term for term in self.unwanted if not term.is_phrase)
        )


@dataclass(frozen=True)
class Question:
    """A parsed query: it matches if any alternative does. `ignored` are parts without anything to
    search for.
    """

    alternatives: tuple[Alternative, ...] = ()
    ignored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alternatives)

    @property
    def wanted(self) -> tuple[Term, ...]:
        """All terms that may occur in results, each once."""
        return tuple(dict.fromkeys(term for one in self.alternatives for term in one.wanted))

    @property
    def has_phrases(self) -> bool:
        """Whether every alternative requires words, and any of them a phrase."""
        return all(one.wanted for one in self.alternatives) and any(
            term.is_phrase for term in self.wanted
        )

    def loosened(self) -> "Question":
        """Return the query with the words of its phrases anywhere."""
        return replace(self, alternatives=tuple(one.loosened() for one in self.alternatives))

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, each once, also those that must not occur."""
        unwanted = (term for one in self.alternatives for term in one.unwanted)
        return tuple(dict.fromkeys([*self.wanted, *unwanted]))


def question_of(query: str) -> Question:
    """Parse a query, up to its first twenty terms."""
    groups: list[tuple[list[Term], list[Term]]] = [([], [])]
    ignored, number = [], 0
    for piece in _PIECE.finditer(query):
        if (piece["word"] or "").casefold() == "or":
            groups.append(([], []))
            continue
        text, is_unwanted = _read(piece)
        if not _says_something(text) or number == MOST_TERMS:
            ignored.append(piece[0])
        else:
            groups[-1][is_unwanted].append(Term(text))
            number += 1
    alternatives = [Alternative(tuple(yes), tuple(no)) for yes, no in groups if yes or no]
    return Question(tuple(alternatives), tuple(ignored))


def _read(piece: re.Match[str]) -> tuple[str, bool]:
    if piece["word"] is None:
        return _plain(piece["phrase"]), bool(piece["no"])
    word = piece["word"]
    return _plain(word), len(word) > 1 and word.startswith("-")


def _plain(text: str) -> str:
    words = text if _UNSPACED.search(text) else spelled(text)
    return " ".join(words.translate(_JOINERS).split())


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


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
    """Return the text with such names spelled out."""
    if not _SIGNED.search(text):
        return text
    for pattern, word in _SPELLED_OUT:
        text = pattern.sub(word, text)
    return text


def written(word: str) -> str:
    """Return a pattern of the original spelling of a spelled-out name; '' for any other word."""
    if word.lower() == "dotnet":
        return r"(?<!\w)\.net(?!\w)"
    found = _WORD.fullmatch(word)
    return rf"(?<![^\W_]){found[1]}{_WRITTEN[found[2].lower()]}" if found else ""
