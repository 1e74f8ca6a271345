"""Highlights query words in results: titles and text fragments with `<mark>`.

PostgreSQL marks words with two control characters, which no text here contains. Everything is
escaped before they become `<mark>`, so no text can inject HTML.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.enums import DocumentKind
from search.matching import Languages
from search.models import SearchDocument
from search.words import Question, Term, written

START, STOP = "\x02", "\x03"
# As much of a text as a fragment is looked for in, and as an unspaced one is long.
READ = 20_000
# Signs of Markdown and reStructuredText, which a piece of text does without.
_MARKUP = re.compile(r"`__?|`+|\*\*|(?<![^\s])#{1,6} ")
_TEXTS = {
    DocumentKind.TALK: F("talk__abstract"),
    DocumentKind.RECAP: Concat(
        "recap__summary", Value("\n", TextField()), "recap__body_html", output_field=TextField()
    ),
    DocumentKind.SPEAKER: F("speaker__bio"),
    DocumentKind.CONFERENCE: F("conference__description"),
}


@dataclass(frozen=True)
class Marked:
    """A document's title and a fragment of its text as HTML, query words in `<mark>`."""

    title: SafeString
    text: SafeString


def marked(ids: Iterable[int], question: Question, languages: Languages) -> dict[int, Marked]:
    """Return title and fragment of each document. One query."""
    query = _words(question, languages)
    rows = SearchDocument.objects.filter(pk__in=list(ids)).values_list(
        "pk", _title(query), _fragment(query)
    )
    letters = [pattern for term in question.wanted if (pattern := _letters(term))]
    return {
        pk: Marked(
            as_html(_with_letters(title, letters)),
            as_html(_with_letters(_MARKUP.sub("", text), letters)),
        )
        for pk, title, text in rows
    }


def as_html(text: str) -> SafeString:
    """Escape the text, and turn its two control characters into `<mark>`."""
    escaped = escape(html.unescape(text).strip())
    marked_up = escaped.replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(marked_up)  # noqa: S308 -- escaped first, and what is put in is constant


def _words(question: Question, languages: Languages) -> Any:
    asked = (
        SearchQuery(term.quoted, config=name, search_type="websearch")
        for term in question.wanted
        if not term.is_unspaced
        for name in languages.names
    )
    return reduce(or_, asked, SearchQuery("", config=languages.names[0], search_type="websearch"))


def _title(query: Any) -> Any:
    return SearchHeadline(
        _clean(F("title")),
        query,
        config=F("configuration"),
        start_sel=START,
        stop_sel=STOP,
        highlight_all=True,
    )


def _fragment(query: Any) -> Any:
    texts = [When(kind=kind, then=text) for kind, text in _TEXTS.items()]
    text = Coalesce(Case(*texts, default=Value(""), output_field=TextField()), Value(""))
    return SearchHeadline(
        _clean(Left(text, READ)),
        query,
        config=F("configuration"),
        start_sel=START,
        stop_sel=STOP,
        max_words=30,
        min_words=15,
        max_fragments=2,
        fragment_delimiter=" … ",
    )


def _clean(text: Any) -> Any:
    """Return the text without the characters that `search_plain` drops, and without the
    two marks.
    """
    tags = Value("<!--(?:[^-]|-(?!->))*-->|<[/a-zA-Z][^<>]*>|\n*[\\x02\\x03]")
    plain = Func(text, tags, Value(" "), Value("g"), function="regexp_replace")
    return Func(plain, Value("[[:space:]]+"), Value(" "), Value("g"), function="regexp_replace",
                output_field=TextField())  # fmt: skip


def _letters(term: Term) -> str:
    """Return a pattern for terms that PostgreSQL does not mark: scripts without spaces, names with
    symbols.
    """
    return re.escape(term.text) if term.is_unspaced else written(term.text)


def _with_letters(text: str, patterns: list[str]) -> str:
    if not patterns:
        return text
    pattern = "|".join(patterns)
    return re.sub(pattern, lambda found: f"{START}{found[0]}{STOP}", text, flags=re.IGNORECASE)
