"""Abstracts in reStructuredText are joined where an editor's margin broke their lines."""

import pytest

from talks.abstracts import abstract_html

LONG = "A line that was broken by the margin of an editor at some column"


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param(f"{LONG}\nand goes on.", f"<p>{LONG} and goes on.</p>", id="wrapped"),
        pytest.param("Short.\nNext.", "<p>Short.<br>Next.</p>", id="short-lines"),
        pytest.param(f"{LONG}\n- item", f"<p>{LONG}<br>- item</p>", id="list"),
        pytest.param(f"{LONG}\n2. item", f"<p>{LONG}<br>2. item</p>", id="numbered-list"),
        pytest.param(f"{LONG}\n\nNext.", f"<p>{LONG}</p><p>Next.</p>", id="paragraphs"),
        pytest.param(f"{LONG}\n{LONG}\nend", f"<p>{LONG} {LONG} end</p>", id="several-lines"),
        pytest.param("", "", id="empty"),
        pytest.param(
            "See `the docs <https://a.example/?x=1&y=2>`__ and ``code``.",
            '<p>See <a href="https://a.example/?x=1&amp;y=2" rel="noopener nofollow">the docs</a>'
            " and <code>code</code>.</p>",
            id="link-and-literal",
        ),
        pytest.param("Title\n-----\nText.", "<p>Title</p><p>Text.</p>", id="underline"),
        pytest.param(
            "`x <javascript:alert(1)>`_",
            "<p>`x &lt;javascript:alert(1)&gt;`_</p>",
            id="address-that-is-none",
        ),
        pytest.param("`x <https://u@evil.example>`_", "<p>x</p>", id="unsafe-address"),
        pytest.param(
            ".. raw:: html\n\n   <script>alert(1)</script>",
            "<p>.. raw:: html</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            id="directive",
        ),
    ],
)
def test_wrapped_lines_are_joined(abstract, expected):
    assert abstract_html(abstract, "rst") == expected
