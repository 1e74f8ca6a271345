"""Code is highlighted by classes, in languages that are known and as far as it is bounded."""

import re
from pathlib import Path

import pytest

from foundation.text.markdown import render_markdown
from foundation.text.markdown.blocks.highlighting import (
    LANGUAGES,
    LONGEST_BLOCK,
    MOST_HIGHLIGHTED,
)

STYLESHEET = Path(__file__).parents[3] / "static/css/code.css"
TOKENS = STYLESHEET.with_name("tokens.css")
READABLE = 4.5


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param(
            "```python\nx < 1\n```",
            '<pre tabindex="0"><code class="language-python"><span class="c-n">x</span> '
            '<span class="c-o">&lt;</span> <span class="c-mi">1</span>\n</code></pre>',
            id="known",
        ),
        pytest.param(
            "~~~ JSON title='a'\n1\n~~~",
            "<p><code>title='a'</code></p>\n"
            '<pre tabindex="0"><code class="language-json"><span class="c-mi">1</span>\n'
            "</code></pre>",
            id="capitals-and-more-words",
        ),
        pytest.param(
            "```nonsense\n<a>\n```",
            '<pre tabindex="0"><code>nonsense\n&lt;a&gt;\n</code></pre>',
            id="unknown",
        ),
        pytest.param(
            "```\nx = 1\n```", '<pre tabindex="0"><code>x = 1\n</code></pre>', id="no-language"
        ),
        pytest.param("    x = 1", '<pre tabindex="0"><code>x = 1\n</code></pre>', id="indented"),
        pytest.param(
            "```python\n```",
            '<pre tabindex="0"><code class="language-python"></code></pre>',
            id="empty",
        ),
    ],
)
def test_code_becomes_html(source, html):
    assert render_markdown(source).strip() == html


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_code_reads_the_same_highlighted(language):
    code = "<a href='x'>&amp;</a>\n\n  def f(x): {{ y }} /* $z */ -- \"1\" # 日本\n"

    html = render_markdown(f"```{language}\n{code}```")

    text = re.sub("<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">")
    assert text.replace("&amp;", "&").strip() == code.strip()


def test_a_block_too_long_stays_plain():
    assert "span" not in render_markdown("```python\n" + "x\n" * LONGEST_BLOCK + "```")


def test_blocks_beyond_the_bound_of_a_text_stay_plain():
    blocks = MOST_HIGHLIGHTED // LONGEST_BLOCK

    html = render_markdown(("```python\n" + "x\n" * (LONGEST_BLOCK // 2) + "```\n") * (blocks + 2))

    assert ['"c-n"' in part for part in html.split("<pre ")[1:]] == [True] * blocks + [False] * 2


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_every_colour_of_code_is_readable(is_dark):
    """Contrast of at least 4.5 : 1 on the background of code, as WCAG's AA asks."""
    paper = _colours(TOKENS, is_dark)["--sunken"]
    colours = _colours(STYLESHEET, is_dark)

    faint = {name: c for name, c in colours.items() if _contrast(c, paper) < READABLE}
    assert (faint, len(colours)) == ({}, 7)


def _colours(path, is_dark):
    """Return the colours of a stylesheet that names those of the dark apart, or side by side."""
    style = path.read_text()
    both = re.findall(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", style)
    if both:
        return {name: (light, dark)[is_dark] for name, light, dark in both}
    part = style.split("@media (prefers-color-scheme: dark)")[is_dark]
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", part))


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
