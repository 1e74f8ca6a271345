"""The one door from what people write to HTML. Nothing else in the site marks text as safe.

Markdown (CommonMark with tables, strikethrough, footnotes, task lists, highlighted code and bare
links) is rendered by markdown-it-py with raw HTML off, and what comes out is sanitised by nh3 with
an allow-list of elements, attributes and schemes. Two signs are our own: `[12:34]` leads into a
talk's video, `[[name]]` to a thing of the site; each is a module of its own, as is every other
plugin. Rendering is total: any text gives a page. No models here, no queries.
"""

from notes_site.markdown.cleaning import clean_html, render_plain, stored_html
from notes_site.markdown.headings import Entry, contents_of
from notes_site.markdown.images import image_markdown
from notes_site.markdown.line_breaks import breaks_are_meant
from notes_site.markdown.reading import reading_minutes
from notes_site.markdown.rendering import (
    RENDERER_VERSION,
    Document,
    read_markdown,
    render_markdown,
)
from notes_site.markdown.restructured import render_restructured
from notes_site.markdown.tasks import Task
from notes_site.markdown.things import Target, Things
from notes_site.markdown.timestamps import Video

__all__ = [
    "RENDERER_VERSION",
    "Document",
    "Entry",
    "Target",
    "Task",
    "Things",
    "Video",
    "breaks_are_meant",
    "clean_html",
    "contents_of",
    "image_markdown",
    "read_markdown",
    "reading_minutes",
    "render_markdown",
    "render_plain",
    "render_restructured",
    "stored_html",
]
