"""Names in double brackets: which a text wants, and what becomes of them."""

import pytest

from foundation.text.markdown import Target, Things, read_markdown, render_markdown
from foundation.text.markdown.inline.things import MOST_NAMES

KNOWN = Things({"x": Target("/x/", "The X"), "a/b": Target("/a/b/", "B <at> A")})


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("[[b]] and [[a]], [[b|again]]", ("b", "a"), id="each-once-in-order"),
        pytest.param("[[ Ada Lovelace ]]", ("Ada Lovelace",), id="outer-space"),
        pytest.param("# [[a]]\n\n- [[b]]\n\n> *[[c]]*", ("a", "b", "c"), id="anywhere"),
        pytest.param("|[[a]]|[[b\\|c]]|\n|-|-|", ("a", "b"), id="in-a-table"),
        pytest.param("x[^1]\n\n[^1]: [[a]]", ("a",), id="in-a-footnote"),
        pytest.param("[[日本語]]", ("日本語",), id="any-script"),
        pytest.param("[[a]][[b]]: c", ("a", "b"), id="side-by-side"),
        pytest.param("\\[[a]] [\\[a]]", (), id="escaped"),
        pytest.param("`[[a]]`\n\n```\n[[b]]\n```\n\n    [[c]]", (), id="code"),
        pytest.param("[[a]](/b)", (), id="link"),
        pytest.param("[[a]]\n\n[a]: /b", (), id="reference"),
        pytest.param("[see [[a]]](/b)", (), id="inside-a-link"),
        pytest.param("[[]] [[ ]] [[a\nb]] [[[a] [a]]", (), id="nothing-in-it"),
        pytest.param("[[" + "a" * 301 + "]]", (), id="too-long"),
    ],
)
def test_a_text_says_which_names_it_wants(source, names):
    assert read_markdown(source).names == names


def test_a_text_wants_a_bounded_number_of_names():
    source = " ".join(f"[[{number}]]" for number in range(MOST_NAMES + 5))

    assert len(read_markdown(source).names) == MOST_NAMES


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("[[x]]", '<a href="/x/" rel="noopener nofollow">The X</a>', id="label"),
        pytest.param("[[x|so]]", '<a href="/x/" rel="noopener nofollow">so</a>', id="text"),
        pytest.param(
            "[[a/b]]",
            '<a href="/a/b/" rel="noopener nofollow">B &lt;at&gt; A</a>',
            id="label-is-escaped",
        ),
        pytest.param("[[x|<b>]]", '<a href="/x/" rel="noopener nofollow">&lt;b&gt;</a>', id="html"),
        pytest.param("[[who]]", "who", id="unknown"),
        pytest.param("[[who|so]]", "so", id="unknown-with-text"),
        pytest.param("[[<b>]]", "&lt;b&gt;", id="unknown-is-escaped"),
    ],
)
def test_names_become_links_or_plain_text(source, html):
    assert render_markdown(source, things=KNOWN) == f"<p>{html}</p>\n"


def test_where_nobody_looks_names_up_they_stay_as_typed():
    assert render_markdown("[[a|b]]") == "<p>[[a|b]]</p>\n"


@pytest.mark.parametrize(
    ("ambiguous", "html"),
    [
        pytest.param(
            set(),
            '<span class="unknown-link" title="Nothing has this name.">who</span>',
            id="unknown",
        ),
        pytest.param(
            {"who"},
            '<span class="ambiguous-link" title="Several things have this name.">who</span>',
            id="ambiguous",
        ),
    ],
)
def test_a_preview_shows_names_that_lead_nowhere(ambiguous, html):
    things = Things(ambiguous=frozenset(ambiguous), show_unknown=True)

    assert render_markdown("[[who]]", things=things) == f"<p>{html}</p>\n"


def test_a_script_for_an_address_leads_nowhere():
    things = Things({"x": Target("javascript:alert(1)", "x")})

    assert render_markdown("[[x]]", things=things) == '<p><a rel="noopener nofollow">x</a></p>\n'
