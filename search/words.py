"""What a reader typed becomes a question: words and phrases that must occur, or must not.

`django async` asks for both words, `"class based views"` for a phrase, `-flask` for what has
not the word, `or` for either side of it. Everything else is text: nothing here is a syntax error.

Names that only a sign tells apart (C, C++ and C#; F#, .NET, A*) are spelled out alike in texts and
in what is asked: "cpp", "csharp", "dotnet", "a astar". The database does the same to texts
(`search_spelled` in texts.sql); a test holds the two together.
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
    """One word, or words that must stand side by side; where `is_loose`, anywhere."""

    text: str
    is_loose: bool = field(default=False, compare=False)

    @property
    def is_unspaced(self) -> bool:
        """Whether it is looked for letter by letter, since its script knows no spaces."""
        return bool(_UNSPACED.search(self.text))

    @property
    def quoted(self) -> str:
        """As `websearch_to_tsquery` reads it: a phrase, in which nothing is an operator."""
        return f'"{self.text}"'

    @property
    def is_phrase(self) -> bool:
        """Whether an index of words cannot tell where it stands."""
        return " " in self.text and not self.is_unspaced


@dataclass(frozen=True)
class Alternative:
    """What must occur together, and what must not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def loosened(self) -> "Alternative":
        """Return what any text that answers this answers too, and no phrase is asked for."""
        wanted = (replace(term, is_loose=term.is_phrase) for term in self.wanted)
        return Alternative(
            tuple(wanted), tuple(term for term in self.unwanted if not term.is_phrase)
        )


@dataclass(frozen=True)
class Question:
    """What a reader asked: any one of the alternatives. `ignored` says nothing to search for."""

    alternatives: tuple[Alternative, ...] = ()
    ignored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alternatives)

    @property
    def wanted(self) -> tuple[Term, ...]:
        """All terms that may occur in what is found, each once."""
        return tuple(dict.fromkeys(term for one in self.alternatives for term in one.wanted))

    @property
    def has_phrases(self) -> bool:
        """Whether it asks in every alternative for words, and in any for words side by side."""
        return all(one.wanted for one in self.alternatives) and any(
            term.is_phrase for term in self.wanted
        )

    def loosened(self) -> "Question":
        """Return the question with the words of its phrases anywhere."""
        return replace(self, alternatives=tuple(one.loosened() for one in self.alternatives))

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, each once, also those that must not occur."""
        unwanted = (term for one in self.alternatives for term in one.unwanted)
        return tuple(dict.fromkeys([*self.wanted, *unwanted]))


def question_of(query: str) -> Question:
    """Return what the query asks, in its first twenty terms."""
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
