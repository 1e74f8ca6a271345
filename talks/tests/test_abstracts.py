"""Abstracts are shown as what they are written in; wrapped lines are joined."""

from html import unescape

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


@pytest.mark.parametrize("said", ["plain", "rst"])
@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("See [this](https://x.example/a).", ">this</a>."),
        ("**Goal**\nTo learn\nAnd to test", "<strong>Goal</strong><br>\nTo learn<br>\nAnd"),
        ("# Who\n\nAll", ">Who</h3>"),
        ("[Slides][0]\n\n[0]: https://x.example/a", 'href="https://x.example/a"'),
        ("```\nx\n```", "<code>x\n</code>"),
        ("<p>One</p><p>Two &amp; <b>three</b></p>", "<p>One</p><p>Two &amp; three</p>"),
        ("One<br>two\n\n<a href='https://x.example/'>a</a>", "<p>One<br>two\n</p>"),
    ],
)
def test_markdown_and_html_are_shown_as_what_they_are(said, abstract, expected):
    assert expected in abstract_html(abstract, said)


@pytest.mark.parametrize(
    "abstract",
    [
        "2 * 3 * 4 and a**b**c",
        "Use <a> and <b> in #python [1] (x)",
        "Issue #1 and #2\n#hashtag",
        "a [b] (https://x.example/)",
        "if a < b and c > d",
        "- one\n- two",
        "*args and **kwargs, **options",
    ],
)
def test_plain_text_stays_as_it_was_typed(abstract):
    html = abstract_html(abstract, "plain")

    assert unescape(html.replace("<br>", "\n")) == f"<p>{abstract}</p>"


GRID = """+-------+---------+
| Day   | Talk    |
+=======+=========+
| Mon   | Kettles |
|       | & tea   |
+-------+---------+
| Tue   | <b>     |
+-------+---------+"""
SIMPLE = """=====  =======
Day    Talk
=====  =======
Mon    Kettles
Tue
=====  ======="""


def test_tables_of_restructured_text_are_tables():
    head = "<thead><tr><th>Day</th><th>Talk</th></tr></thead>"

    html = abstract_html(f"So:\n\n{GRID}\n\nThere.", "plain")
    assert f"{head}<tbody><tr><td>Mon</td><td>Kettles &amp; tea</td></tr>" in html
    assert "<td>&lt;b&gt;</td>" in html
    assert f"{head}<tbody><tr><td>Mon</td><td>Kettles</td></tr>" in abstract_html(SIMPLE, "rst")


@pytest.mark.parametrize("table", [GRID.replace("|\n|  ", "\n|  "), "+---+\n", "=== ===\na"])
def test_a_table_that_is_not_drawn_whole_costs_no_word(table):
    words = [word for word in ("Kettles", "tea", "Mon", "a") if word in table]

    assert all(word in abstract_html(table, "rst") for word in words)


def test_words_in_bold_are_bold_in_restructured_text():
    assert abstract_html("``x`` and **y z**", "rst") == (
        "<p><code>x</code> and <strong>y z</strong></p>"
    )
