"""How deep lists and quotes nest. What is deeper stays text; the parser would leave it out."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph

# A list takes two levels, a quote one. The parser calls itself for each.
DEEPEST = 60


def depth_plugin(markdown: MarkdownIt) -> None:
    """Read what is too deep as paragraphs."""
    markdown.options["maxNesting"] = DEEPEST + 10
    markdown.block.ruler.before("table", "too_deep", _too_deep)


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level >= DEEPEST and not silent and paragraph(state, start, end, silent)
