"""Images in texts: which are shown, with what, and what becomes of others."""

import pytest
from hypothesis import given

from foundation.text.markdown import (
    Things,
    clean_html,
    image_markdown,
    read_markdown,
    render_markdown,
)
from foundation.text.markdown.cleaning import cleaned
from foundation.text.tests.test_names import ANY_TEXT

KEY = "0123456789abcdef" * 2
OWN = f"/images/{KEY}-1600x900.webp"
FACTS = 'width="1600" height="900" loading="lazy" decoding="async"'
SHOWN = f'<img src="{OWN}" alt="plan" {FACTS}>'
LINKED = f'<a href="{OWN}" rel="noopener nofollow">{SHOWN}</a>'
FIGURE = f'<figure>{LINKED}<figcaption>Halls &amp; "rooms"</figcaption></figure>'
TITLED = LINKED.replace(" width", ' title="Halls" width')


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param(f"![plan]({OWN})", f"<p>{LINKED}</p>", id="lazy-with-its-size"),
        pytest.param(f"![*pl*`an`]({OWN})", f"<p>{LINKED}</p>", id="marks-are-not-said"),
        pytest.param(f"![[[plan]]]({OWN})", f"<p>{LINKED}</p>", id="names-of-things-are"),
        pytest.param(
            f"![]({OWN})", f'<p><img src="{OWN}" alt="" {FACTS}></p>', id="nothing-said-no-link"
        ),
        pytest.param(
            f"[![plan]({OWN})](/x/)",
            f'<p><a href="/x/" rel="noopener nofollow">{SHOWN}</a></p>',
            id="in-a-link",
        ),
        pytest.param(
            f"[x](/x/) ![plan]({OWN})",
            f'<p><a href="/x/" rel="noopener nofollow">x</a> {LINKED}</p>',
            id="after-a-link",
        ),
        pytest.param(f"![plan]({OWN} 'Halls & \"rooms\"')", FIGURE, id="caption"),
        pytest.param(
            f"> ![plan]({OWN} 'Halls & \"rooms\"')",
            f"<blockquote>\n{FIGURE}\n</blockquote>",
            id="caption-in-a-quote",
        ),
        pytest.param(
            f'See ![plan]({OWN} "Halls")',
            f"<p>See {TITLED}</p>",
            id="no-caption-within-a-line",
        ),
        pytest.param(
            f'- ![plan]({OWN} "Halls")',
            f"<ul>\n<li>{TITLED}</li>\n</ul>",
            id="no-caption-in-a-tight-list",
        ),
    ],
)
def test_own_images_are_shown(source, html):
    assert render_markdown(source).strip() == html


@pytest.mark.parametrize(
    "address",
    [
        "/admin/logout/",
        "/p.png",
        "/images/",
        f"/images/{KEY}-1600x900.svg",
        f"/images/{KEY}-2561x900.webp",
        f"/images/{KEY}-1600x8193.webp",
        f"/images/{KEY}-0x900.webp",
        f"/images/{KEY}-1600x900.webp?x=1",
        f"/images/../{KEY}-1600x900.webp",
        f"//evil.example{OWN}",
        f"https://evil.example{OWN}",
        f"images/{KEY}-1600x900.webp",
    ],
)
def test_other_addresses_become_links(address):
    html = render_markdown(f"![plan]({address})")

    assert html.strip() == f'<p><a href="{address}" rel="noopener nofollow">plan</a></p>'


@pytest.mark.parametrize("body", [f"![]({OWN})", f"![ ]({OWN})", f"![**]({OWN})"])
def test_preview_marks_images_that_say_nothing(body):
    document = read_markdown(body)

    said = body[2:].partition("]")[0].strip()
    marked = document.html(Things(show_unknown=True))
    public = document.html(Things())

    assert ('class="missing-alt"' in marked, "missing-alt" in public) == (not said, False)


def test_sanitiser_lets_nothing_else_through():
    hostile = (
        '<img src="/admin/" width="99999" height="1e9" loading="eager" decoding="sync" '
        'srcset="x" style="x" onload="x">'
    )

    assert cleaned(hostile) == "<img>"
    assert cleaned(f'<img src="{OWN}" width="1" height="٣">') == f'<img src="{OWN}" width="1">'
    assert clean_html(f"<figure><img src={OWN}><figcaption>x</figcaption></figure>") == "x"


@given(ANY_TEXT)
def test_any_description_becomes_markdown_that_says_it(text):
    source = image_markdown(OWN, text)

    assert "\n" not in source
    assert render_markdown(source).count(f'<img src="{OWN}"') == 1


@pytest.mark.parametrize(
    "text",
    [
        "a](/x/) [b",
        "*a* _b_ `c`",
        "[[Talk]] [12:34]",
        "a < b & c",
        "&lt; &#65;",
        "~~a~~ | b",
        "a \\ b",
    ],
)
def test_description_is_said_as_it_was_typed(text):
    shown = text.replace("&", "&amp;").replace("<", "&lt;")

    assert f'alt="{shown}"' in render_markdown(image_markdown(OWN, f" {text}\n"))
