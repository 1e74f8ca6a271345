"""Bare links: what is one, where it ends, and what stays as it was typed."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.text.markdown import render_markdown
from tests.tools.pages import elements


def _links(source):
    return [(link["href"], link["text"]) for link in elements(render_markdown(source), "a")]


@pytest.mark.parametrize(
    "text",
    [
        *("manage.py", "README.md", "main.rs", "ASP.NET", "Node.js", "socket.io", "example.com"),
        *("e.g.this", "a@b.example", "git@github.com:a/b.git", "//x.example/a", "1.2.3", "v1.io"),
        *("ftp://x.example/", "javascript://x.example/", "file:///etc/passwd", "http://", "www."),
        *("www.x", "xhttps://x.example", "https://user:secret@x.example/", "foo.www.x.example/"),
    ],
)
def test_text_that_is_no_address_stays_text(text):
    assert _links(f"See {text} there") == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        *[
            (a, a)
            for a in ("https://x.example", "http://x.example/a_b_c", "https://x.example:80/a")
        ],
        *[
            (a, a)
            for a in ("https://x.example/?a=1&b=2#c", "https://localhost/a(b)c", "mailto:a@b.c")
        ],
        ("HTTPS://x.example/A", "HTTPS://x.example/A"),
        ("www.x.example", "https://www.x.example"),
        ("WWW.x.example/a?b", "https://WWW.x.example/a?b"),
        ("https://x.example/a_(b)", "https://x.example/a_(b)"),
        ("https://x.example/wiki/Österreich", "https://x.example/wiki/%C3%96sterreich"),
        ("https://x.example/wiki/Zürich", "https://x.example/wiki/Z%C3%BCrich"),
        (
            "https://x.example/страница",
            "https://x.example/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0",
        ),
    ],
)
def test_an_address_with_a_scheme_or_www_is_a_link(typed, address):
    assert _links(f"See {typed} there") == [(address, typed)]
    assert _links(f"({typed})") == [(address, typed)]
    assert _links(f"**{typed}**, *{typed}*.") == [(address, typed)] * 2


FOLLOWS = [
    *(".", ",", ";", ":", "!", "?", "...", '"', "'", "'s page", "’s", "”", "»", "›", ")", "]", "}"),
    *(">", "|", "`", "\\", "^", "…", "—", "–", "**", "*", "_ ", "~~", "&gt;", "&quot;", "&nbsp;"),
    *(
        "。",
        "、",
        "，",
        "；",
        "：",
        "！",
        "？",
        "）",
        "」",
        "』",
        "】",
        "》",
        "を見て",
        "です。",
        "的网站",
    ),
    *("에서", "을", "ครับ", "ແມ່ນ", "မှာ", "ទៅ", "བོད", "،", "؟", "۔", "।", "॥", "։", "።", "፣", "׃"),
    *(
        "и дальше",
        "και",
        "וכן",
        "और",
        "\u200b",
        "\u200f",
        "\u202e",
        "\u00a0",
        "\u3000",
        "🙂",
        "\ufeff",
    ),
    *("ქართული", "አማርኛ", "ⲁ", "𐐷", "½", "™"),
]


@pytest.mark.parametrize("follows", FOLLOWS)
@pytest.mark.parametrize(
    "address", ["https://x.example", "https://x.example/talk", "www.x.example/a"]
)
def test_a_link_swallows_nothing_that_follows_it(address, follows):
    whole = address if "://" in address else f"https://{address}"

    assert _links(f"a {address}{follows}") == [(whole, address)]


@pytest.mark.parametrize(
    "before", ["見る", "（", "「", "(", "[", "“", "«", "—", "は", "|", "*", "_", ">"]
)
def test_a_link_may_stand_behind_any_sign(before):
    assert _links(f"a{before}https://x.example/a b") == [("https://x.example/a",) * 2]


@given(st.characters(min_codepoint=0x250, categories=["Lo", "Ll", "Lu", "Po", "Ps", "Pe", "So"]))
def test_no_sign_or_letter_of_another_script_is_part_of_the_address_before_it(sign):
    assume("LATIN" not in unicodedata.name(sign, ""))
    assert _links(f"https://x.example/talk{sign}") == [("https://x.example/talk",) * 2]


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("[https://x.example](https://y.example)", [("https://y.example", "https://x.example")]),
        ("[a](https://y.example)b", [("https://y.example", "a")]),
        ("[a](www.y.example/b)", [("https://www.y.example/b", "a")]),
        ("<https://x.example/äö>b", [("https://x.example/%C3%A4%C3%B6", "https://x.example/äö")]),
        ("https://x.example/a&amp;b", [("https://x.example/a&b", "https://x.example/a&b")]),
        ("`https://x.example`", []),
        ("|a|\n|-|\n|https://x.example|", [("https://x.example", "https://x.example")]),
    ],
)
def test_links_of_markdown_stay_what_they_are(source, links):
    assert _links(source) == links
