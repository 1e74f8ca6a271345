"""Markdown to sanitised HTML: the only package of the site that marks text as safe.

Markdown (CommonMark with tables, strikethrough, footnotes, task lists, highlighted code and bare
links) is rendered by markdown-it-py with raw HTML off, and the result is sanitised by nh3 with an
allow-list of elements, attributes and schemes. The site adds two rules: `[12:34]` links into a
talk's video, `[[name]]` to a talk, speaker, conference or tag; each is a module of its own, as is
every other rule, in `blocks` or `inline`. Rendering is total: any text gives a page. No models, no
queries.
"""

from foundation.text.markdown.blocks.headings import Entry, contents_of
from foundation.text.markdown.blocks.tasks import Task
from foundation.text.markdown.cleaning import clean_html, render_plain, stored_html
from foundation.text.markdown.inline.images import image_markdown
from foundation.text.markdown.inline.things import Target, Things
from foundation.text.markdown.inline.timestamps import Video
from foundation.text.markdown.layout import breaks_are_meant
from foundation.text.markdown.reading import reading_minutes
from foundation.text.markdown.rendering import (
    RENDERER_VERSION,
    Document,
    read_markdown,
    render_markdown,
)
from foundation.text.markdown.restructured import render_restructured

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
