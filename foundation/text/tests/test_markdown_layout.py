"""Lists, headings and code as people indent them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text.markdown import read_markdown, render_markdown
from foundation.text.markdown.layout import laid_out


def _shape(source):
    """Return the HTML of a text without line ends, attributes, and what belongs to every page."""
    html = re.sub(r"<(\w+) [^>]*>", r"<\1>", render_markdown(source))
    return html.replace("\n", "")


def _list(*items, kind="ul"):
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


TWO_LEVELS = _list("a" + _list("b", "c"), "d")


@pytest.mark.parametrize(
    "source",
    [
        f"{m} a\n{' ' * n}{k} b\n{' ' * n}{k} c\n{m} d"
        for n in range(1, 13)
        for m in "-*"
        for k in "-+"
    ]
    + ["- a\n\t- b\n\t- c\n- d", "-\ta\n\t-\tb\n\t-\tc\n-\td", "\t- a\n\t\t- b\n\t\t- c\n\t- d"]
    + [
        "    - a\n      - b\n      - c\n    - d",
        " - a\n  - b\n  - c\n - d",
        "-   a\n - b\n - c\n- d",
    ]
    + ["- a\n   - b\n  - c\n- d", "> - a\n>  - b\n>  - c\n> - d"],
)
def test_what_stands_further_in_belongs_to_the_item_above(source):
    assert TWO_LEVELS in _shape(source)


@pytest.mark.parametrize("indent", range(1, 9))
@pytest.mark.parametrize("first", [1, 9, 10, 100])
def test_numbers_go_on_after_what_stands_further_in(first, indent):
    source = f"{first}. a\n{' ' * indent}- b\n{first + 1}. c"

    assert _shape(source) == _list("a" + _list("b"), "c", kind="ol")


def test_levels_of_one_blank_each_nest_as_deep_as_they_go():
    assert _shape("- a\n - b\n  - c\n   - d\n - e") == _list(
        "a" + _list("b" + _list("c" + _list("d")), "e")
    )


@pytest.mark.parametrize(
    ("source", "shape"),
    [
        ("a:\n    - b\n    - c", "<p>a:</p>" + _list("b", "c")),
        ("a:\n\n    - b\n    - c", "<p>a:</p>" + _list("b", "c")),
        ("a:\n\t1. b\n\t2. c", "<p>a:</p>" + _list("b", "c", kind="ol")),
        ("    - b\n    - c\n\nd", _list("b", "c") + "<p>d</p>"),
        ("        * b", _list("b")),
        ("# a\n    - b", "<h3>a</h3>" + _list("b")),
        ("-      b", _list("b")),
        ("- a\n- b\n\n  c", "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>"),
        ("1. a\n\n  b\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>"),
        ("- a\nb", _list("ab")),
        ("- a\n\nb", _list("a") + "<p>b</p>"),
        ("a\n2016. b", "<p>a2016. b</p>"),
        ("- a\n  2016. b", _list("a2016. b")),
    ],
)
def test_lists_are_lists_wherever_they_stand(source, shape):
    assert _shape(source) == shape


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("    x = 1\n    - y\n\n    - z", "x = 1\n- y\n\n- z"),
        ("a\n\n    x\n      - y", "x\n  - y"),
        ("- a\n\n      x\n      - y", "x\n- y"),
        ("```\n    - x\n - y\n#z\n```", "    - x\n - y\n#z"),
        ("- a\n  ```\n  x\n    - y\n\t#z\n  ```", "x\n  - y\n  #z"),
        ("1. a\n  ```\n  x\n   - y\n  ```", "x\n - y"),
        ("> ```\n>  - x\n> #y\n> ```", " - x\n#y"),
        ("~~~\n\t- x\n~~~", "\t- x"),
    ],
)
def test_code_stays_as_it_is(source, code):
    html = render_markdown(source)

    assert f"<code>{code}\n</code>" in html


@pytest.mark.parametrize(
    ("source", "shape"),
    [
        *[
            (f"{blank}# a", "<h3>a</h3>")
            for blank in ("\ufeff", "\u200b", "\u00a0", "\u200e ", " ")
        ],
        *[(f"#{blank}a", "<h3>a</h3>") for blank in ("\u00a0", "\u3000", "\u2003", "\t")],
        *[(f"-{blank}a", _list("a")) for blank in ("\u00a0", "\u3000", "\u2003", "\t")],
        ("a\u2028# b", "<p>a</p><h3>b</h3>"),
        ("a\n\ufeff# b", "<p>a</p><h3>b</h3>"),
        ("#Title", "<h3>Title</h3>"),
        ("#Title of a talk", "<h3>Title of a talk</h3>"),
        ("##title", "<h3>title</h3>"),
        ("a\n###2. b", "<p>a</p><h3>2. b</h3>"),
        ("##日本語", "<h3>日本語</h3>"),
        ("#API design", "<h3>API design</h3>"),
        ("> #Title", "<blockquote><h3>Title</h3></blockquote>"),
        ("#hashtag", "<p>#hashtag</p>"),
        ("#python #django", "<p>#python #django</p>"),
        ("#Python #Django", "<p>#Python #Django</p>"),
        ("#DjangoCon", "<p>#DjangoCon</p>"),
        ("see\n#Title", "<p>see#Title</p>"),
        ("#1 a", "<p>#1 a</p>"),
        ("#!shebang", "<p>#!shebang</p>"),
        ("#include <a>", "<p>#include &lt;a&gt;</p>"),
        ("#######a", "<p>#######a</p>"),
        *[(signs, f"<p>{signs.strip()}</p>") for signs in ("#", "##", "###  ", "# #", "## ##")],
        ("a\n#\nb", "<p>a#b</p>"),
        ("# #a", "<h3>#a</h3>"),
        ("a\n---", "<p>a</p><hr>"),
        ("a\n---\nb", "<p>a</p><hr><p>b</p>"),
        ("a long line of words\n---", "<p>a long line of words</p><hr>"),
        ("a\n-", "<p>a-</p>"),
        ("a\n--", "<p>a--</p>"),
        ("a\n=", "<p>a=</p>"),
        ("a\n- - -", "<p>a</p><hr>"),
        ("- a\n---", _list("a") + "<hr>"),
        ("> a\n---", "<blockquote><p>a</p></blockquote><hr>"),
        ("a\n----", "<h3>a</h3>"),
        ("a\n===", "<h3>a</h3>"),
        ("a\nb\n=====\nc", "<p>a</p><h3>b</h3><p>c</p>"),
        ("a\nb\n-----\nc", "<p>a</p><h3>b</h3><p>c</p>"),
        ("---\ntitle: a\n---\nb", "<hr><p>title: a</p><hr><p>b</p>"),
    ],
)
def test_headings_are_what_was_meant_as_one(source, shape):
    assert _shape(source) == shape


INDENTS = st.sampled_from(["", " ", "  ", "   ", "    ", "\t", "      ", "> ", ">", "\u00a0"])
MARKS = st.sampled_from(["- ", "* ", "1. ", "10) ", "", "", "```", "# ", "#", "|", "[^1]: ", "---"])
LINES = st.tuples(INDENTS, MARKS, st.sampled_from(["word", "Word two", "", "- x"]))


@given(st.lists(LINES, max_size=10))
def test_no_indent_costs_a_word_or_a_line(lines):
    source = "\n".join("".join(parts) for parts in lines)

    assert laid_out(source).count("\n") == source.count("\n")
    assert read_markdown(source).unseen() == []


@given(st.text(alphabet="ab \t\n-*1.>#`~", max_size=80))
def test_only_blanks_are_moved(source):
    signs = str.maketrans("", "", " \t")

    assert laid_out(source).translate(signs) == source.translate(signs)


def test_a_line_with_marks_of_code_in_it_is_no_fence():
    assert laid_out("```a`b\n  - c") == "```a`b\n- c"
    assert laid_out("```\n  - c") == "```\n  - c"
