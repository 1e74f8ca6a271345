"""Headings have ids of their own, and a long text has a table of contents."""

import pytest

from notes_site.markdown import Entry, contents_of, render_markdown

LONG = "Many words about what was said. " * 120


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("# What's *new*?", '<h3 id="note-h-a1-whats-new">', id="words"),
        pytest.param("# 日本語", '<h3 id="note-h-a1-日本語">', id="any-script"),
        pytest.param("# ---", '<h3 id="note-h-a1-section">', id="no-words"),
        pytest.param('# a"><b id=x', '<h3 id="note-h-a1-a-b-id-x">', id="hostile"),
    ],
)
def test_a_heading_has_an_id_made_of_its_words(source, html):
    assert render_markdown(source, name="a1").startswith(html)


def test_each_id_is_there_once():
    html = render_markdown("# A\n# A\n# A-2\n# A 2\n\nx[^1] [^1]\n\n[^1]: y\n", name="a1")

    ids = [part.split('"')[0] for part in html.split('id="')[1:]]
    assert ids[:4] == ["note-h-a1-a", "note-h-a1-a.2", "note-h-a1-a-2", "note-h-a1-a-2.2"]
    assert len(ids) == len(set(ids))


def test_texts_of_different_names_share_no_id():
    first, second = (render_markdown("# A\n\nx[^1]\n\n[^1]: y", name=name) for name in ("a", "b"))

    ids = [{part.split('"')[0] for part in html.split('id="')[1:]} for html in (first, second)]
    assert ids[0] & ids[1] == set()


def test_a_long_text_has_a_table_of_contents():
    source = f"# A *b* `<c>` & [d](/e 'f>g')\n\n{LONG}\n\n## One\n\n# Two\n\n![x](/p.png)\n"

    assert contents_of(render_markdown(source, name="n")) == [
        Entry("A b <c> & d", "note-h-n-a-b-c-and-d", 1),
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
