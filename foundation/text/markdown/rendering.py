"""Parses Markdown into a document, and renders the document as sanitised HTML.

Two steps, so that callers with a database can look up a text's `[[names]]` in between.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from foundation.text.markdown.blocks.definitions import definitions_plugin
from foundation.text.markdown.blocks.depth import depth_plugin
from foundation.text.markdown.blocks.fences import fences_plugin
from foundation.text.markdown.blocks.footnotes import footnotes_plugin
from foundation.text.markdown.blocks.headings import headings_plugin
from foundation.text.markdown.blocks.highlighting import highlighting_plugin
from foundation.text.markdown.blocks.tables import tables_plugin
from foundation.text.markdown.blocks.tasks import Task, tasks_of, tasks_plugin
from foundation.text.markdown.cleaning import cleaned
from foundation.text.markdown.inline.anchors import anchors_plugin
from foundation.text.markdown.inline.bare_links import bare_links_plugin
from foundation.text.markdown.inline.comments import comments_plugin, without_comments
from foundation.text.markdown.inline.elements import elements_plugin
from foundation.text.markdown.inline.images import images_plugin
from foundation.text.markdown.inline.links import links_plugin
from foundation.text.markdown.inline.things import Things, names_of, things_plugin
from foundation.text.markdown.inline.timestamps import Video, timestamps_plugin
from foundation.text.markdown.inline.typography import typography_plugin
from foundation.text.markdown.layout import laid_out
from foundation.text.markdown.unseen import hidden_in, unseen_words
from foundation.text.names import without_controls

# Count up when the same source would give other HTML: stored texts are then rebuilt.
RENDERER_VERSION = 8
# From this many quote marks on they stay as typed: pairing them takes quadratic time.
MOST_QUOTE_MARKS = 2_000
_PLUGINS = (
    footnotes_plugin,
    definitions_plugin,
    depth_plugin,
    fences_plugin,
    timestamps_plugin,
    things_plugin,
    headings_plugin,
    anchors_plugin,
    tables_plugin,
    images_plugin,
    tasks_plugin,
    highlighting_plugin,
    links_plugin,
    bare_links_plugin,
    typography_plugin,
    comments_plugin,
    elements_plugin,
)


@dataclass(frozen=True)
class Document:
    """A parsed text: its names, its tasks, its HTML.

    `comments` are hidden from readers; `unused` are definitions and footnotes that nothing refers
    to, which are shown as they were typed.
    """

    names: tuple[str, ...]
    tasks: tuple[Task, ...]
    comments: tuple[str, ...]
    unused: tuple[str, ...]
    # Without comments, which may stand within a word.
    _source: str = field(repr=False)
    _tokens: list[Token] = field(repr=False)
    _env: dict[str, Any] = field(repr=False)
    _markdown: MarkdownIt = field(repr=False)

    def unseen(self) -> list[str]:
        """Return the words that readers do not see, although they are not hidden on purpose."""
        hidden = hidden_in(self._tokens, self._env)
        return unseen_words(self._source, self.html(), hidden=hidden)

    def html(self, things: Things | None = None) -> SafeString:
        """Return the sanitised HTML; without `things`, `[[names]]` stay as they are typed."""
        env = {**self._env, "things": things}
        return cleaned(self._markdown.renderer.render(self._tokens, self._markdown.options, env))


def read_markdown(
    source: str, *, name: str = "", video: Video | None = None, breaks: bool = False
) -> Document:
    """Return the document of a Markdown text.

    Args:
        source: the text.
        name: what its ids carry, so that texts on one page do not share them.
        video: the recording that its timestamps lead into; without one they stay text.
        breaks: whether its lines end where they were typed to.
    """
    source = without_controls(source)
    quote_marks = source.count('"') + source.count("'")
    markdown = _markdown(smart_quotes=quote_marks <= MOST_QUOTE_MARKS, breaks=breaks)
    text, comments = without_comments(laid_out(source), _blocks())
    env: dict[str, Any] = {"docId": name, "video": video}
    tokens = markdown.parse(text, env)
    return Document(
        names=names_of(env),
        tasks=tasks_of(env),
        comments=(*comments, *env.get("comments", ())),
        unused=tuple(env.get("unused", ())),
        _source=text,
        _tokens=tokens,
        _env=env,
        _markdown=markdown,
    )


def render_markdown(
    source: str,
    *,
    name: str = "",
    video: Video | None = None,
    things: Things | None = None,
    breaks: bool = False,
) -> SafeString:
    """Return the sanitised HTML of a Markdown text; see `read_markdown` and `Document.html`.

    Headings become h3 to h6; ids carry a prefix, so that they meet no id of the page; links to
    other hosts say rel="noopener nofollow"; images that are not the site's become links to them.
    """
    return read_markdown(source, name=name, video=video, breaks=breaks).html(things)


@cache
def _blocks() -> MarkdownIt:
    """Return a parser of blocks only, which tells code from text."""
    markdown = MarkdownIt("gfm-like")
    markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


@cache
def _markdown(*, smart_quotes: bool, breaks: bool) -> MarkdownIt:
    # Its own rule for bare links is replaced; the option would have it look for the library.
    options = {"html": True, "linkify": False, "typographer": True, "breaks": breaks}
    markdown = MarkdownIt("gfm-like", options)
    markdown.enable(["replacements", *(["smartquotes"] if smart_quotes else [])])
    for plugin in _PLUGINS:
        markdown.use(plugin)
    return markdown
