"""Headings have ids of their own, and a long text has a table of contents."""

import re
from urllib.parse import unquote

import pytest

from foundation.text.markdown import Entry, contents_of, render_markdown

LONG = "Many words about what was said. " * 120


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("# What's *new*?", '<h3 id="note-h-a1-whats-new">', id="words"),
        pytest.param("# 日本語", '<h3 id="note-h-a1-日本語">', id="any-script"),
        pytest.param("# !!!", '<h3 id="note-h-a1-section">', id="no-words"),
        pytest.param('# a"><b id=x', '<h3 id="note-h-a1-ab-idx">', id="hostile"),
    ],
)
def test_a_heading_has_an_id_made_of_its_words(source, html):
    assert render_markdown(source, name="a1").startswith(html)


def test_each_id_is_there_once():
    html = render_markdown("# A\n# A\n# A-2\n# A 2\n\nx[^1] [^1]\n\n[^1]: y\n", name="a1")

    ids = [part.split('"')[0] for part in html.split('id="')[1:]]
    assert [name for name in ids if name.startswith("note-h")] == [
        *("note-h-a1-a", "note-h-a1-a-1", "note-h-a1-a.2"),
        *("note-h-a1-a-2", "note-h-a1-a-2-1", "note-h-a1-a-2.2"),
    ]
    assert len(ids) == len(set(ids))


def test_texts_of_different_names_share_no_id():
    first, second = (render_markdown("# A\n\nx[^1]\n\n[^1]: y", name=name) for name in ("a", "b"))

    ids = [{part.split('"')[0] for part in html.split('id="')[1:]} for html in (first, second)]
    assert ids[0] & ids[1] == set()


def test_a_long_text_has_a_table_of_contents():
    source = f"# A *b* `<c>` & [d](/e 'f>g')\n\n{LONG}\n\n## One\n\n# Two\n\n![x](/p.png)\n"

    assert contents_of(render_markdown(source, name="n")) == [
        Entry("A b <c> & d", "note-h-n-a-b-c--d", 1),
        Entry("One", "note-h-n-one", 2),
        Entry("Two", "note-h-n-two", 1),
    ]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("# A\n# B\n# C\n\nShort.", id="short"),
        pytest.param(f"# A\n# B\n\n{LONG}", id="two-headings"),
        pytest.param("", id="empty"),
    ],
)
def test_other_texts_have_none(source):
    assert contents_of(render_markdown(source)) == []


def test_headings_without_words_are_not_listed():
    source = f"# A\n# B\n#\n# ![](/images/0123456789abcdef0123456789abcdef-9x9.webp)\n\n{LONG}"

    assert [entry.text for entry in contents_of(render_markdown(source))] == ["A", "B"]


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Why", "why"),
        ("What's *new*?", "whats-new"),
        ("Q & A", "q--a"),
        ("C++ and C#", "c-and-c"),
        ("`manage.py` -- a tour", "managepy----a-tour"),
        ("1.2 Über_uns!", "12-über_uns"),
        ("日本語 の話", "日本語-の話"),
        ("हिन्दी", "हिन्दी"),
        ("🙂 Hi", "-hi"),
        ("See [this](https://x.example/)", "see-this"),
        ("A <kbd>b</kbd>", "a-b"),
        ("501(c)(3) --- so...", "501c3-----so"),
    ],
)
def test_links_within_a_text_find_headings_as_on_github(heading, slug):
    html = render_markdown(f"[x](#{slug})\n\n## {heading}\n", name="n")

    assert f'href="#note-h-n-{slug}"' in unquote(html)
    assert f'id="note-h-n-{slug}"' in html


@pytest.mark.parametrize(
    "address",
    ["#Why", "#why", "#WHY", "#user-content-why", "#%57hy", "#why-", "#note-h-n-why"],
)
def test_links_find_headings_however_they_are_spelled(address):
    assert 'href="#note-h-n-why"' in render_markdown(f"[x]({address})\n\n# Why\n", name="n")


def test_links_find_headings_by_the_slugs_of_other_programs():
    assert 'href="#note-h-n-a---b"' in render_markdown("[x](#a-b)\n\n# A - b\n", name="n")


def test_links_find_the_second_of_two_headings():
    html = render_markdown("[x](#why-1)\n\n# Why\n\n# Why\n", name="n")

    assert 'href="#note-h-n-why-1"' in html
    assert 'id="note-h-n-why-1"' in html


@pytest.mark.parametrize(
    ("heading", "former"),
    [
        ("Q & A", "q-and-a"),
        ("C++", "cpp"),
        ("A -- b", "a-b"),
        ("🙂", "slightly-smiling-face"),
        ("501(c)(3)", "501-3"),
        ("x" * 150, "x" * 100),
    ],
)
def test_an_id_that_was_given_out_before_leads_on(heading, former):
    html = render_markdown(f"# {heading}", name="n")

    assert html.count(f'id="note-h-n-{former}"') == 1


def test_the_former_id_of_one_heading_is_not_taken_from_another():
    html = render_markdown("# C++\n\n# cpp", name="n")

    assert re.findall(r'<h3 id="([^"]+)"', html) == ["note-h-n-c", "note-h-n-cpp"]
    assert html.count('id="note-h-n-cpp"') == 1
