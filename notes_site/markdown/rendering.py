"""From Markdown to a document, and from the document to sanitised HTML.

In two steps, so that whoever has a database can look up the names that a text wants between them.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from notes_site.markdown.cleaning import cleaned
from notes_site.markdown.headings import headings_plugin
from notes_site.markdown.highlighting import highlighting_plugin
from notes_site.markdown.images import images_plugin
from notes_site.markdown.tables import tables_plugin
from notes_site.markdown.tasks import Task, tasks_of, tasks_plugin
from notes_site.markdown.things import Things, names_of, things_plugin
from notes_site.markdown.timestamps import Video, timestamps_plugin
from notes_site.names import without_controls

# Count up when the same source would give other HTML: stored texts are then rebuilt.
RENDERER_VERSION = 4
# From this many quote marks on they stay as typed: pairing them takes quadratic time.
MOST_QUOTE_MARKS = 2_000
# From this cost on (`_cost_of_bare_links`) bare links stay text: a page of them costs far less.
MOST_COSTLY_LINKS = 10_000_000
_PLUGINS = (
    footnote_plugin,
    timestamps_plugin,
    things_plugin,
    headings_plugin,
    tables_plugin,
    images_plugin,
    tasks_plugin,
    highlighting_plugin,
)


@dataclass(frozen=True)
class Document:
    """A text that was read: what it names and wants done, and its HTML."""

    names: tuple[str, ...]
    tasks: tuple[Task, ...]
    _tokens: list[Token] = field(repr=False)
    _env: dict[str, Any] = field(repr=False)
    _markdown: MarkdownIt = field(repr=False)

    def html(self, things: Things | None = None) -> SafeString:
        """Return the sanitised HTML; without `things`, `[[names]]` stay as they are typed."""
        env = {**self._env, "things": things}
        return cleaned(self._markdown.renderer.render(self._tokens, self._markdown.options, env))


def read_markdown(source: str, *, name: str = "", video: Video | None = None) -> Document:
    """Return the document of a Markdown text.

    Args:
        source: the text.
        name: what its ids carry, so that texts on one page do not share them.
        video: the recording that its timestamps lead into; without one they stay text.
    """
    source = without_controls(source)
    markdown = _markdown(
        smart_quotes=source.count('"') + source.count("'") <= MOST_QUOTE_MARKS,
        bare_links=_cost_of_bare_links(source) <= MOST_COSTLY_LINKS,
    )
    env: dict[str, Any] = {"docId": name, "video": video}
    tokens = markdown.parse(source, env)
    return Document(names_of(env), tasks_of(env), tokens, env, markdown)


def render_markdown(
    source: str, *, name: str = "", video: Video | None = None, things: Things | None = None
) -> SafeString:
    """Return the sanitised HTML of a Markdown text; see `read_markdown` and `Document.html`.

    Headings become h3 to h6; ids carry a prefix, so that they meet no id of the page; links to
    other hosts say rel="noopener nofollow"; images that are not the site's become links to them.
    """
    return read_markdown(source, name=name, video=video).html(things)


def _cost_of_bare_links(source: str) -> int:
    """Return about how many characters are read to find the source's bare links.

    Each may be looked for over the whole of its line, which takes quadratic time.
    """
    return sum(line.count("://") * len(line) for line in source.splitlines())


@cache
def _markdown(*, smart_quotes: bool, bare_links: bool) -> MarkdownIt:
    markdown = MarkdownIt(
        "gfm-like", {"html": False, "linkify": bare_links, "typographer": smart_quotes}
    )
    if smart_quotes:
        markdown.enable(["replacements", "smartquotes"])
    for plugin in _PLUGINS:
        markdown.use(plugin)
    return markdown
