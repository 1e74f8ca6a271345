"""HTML in Markdown: comments for nobody, a few elements for all, the rest as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text.markdown import read_markdown, render_markdown
from foundation.text.markdown.unseen import unseen_words

IMAGE = f"/images/{'0a' * 16}-16x9.webp"
SECRET = [
    "<!-- secret -->",
    "a <!-- secret --> b",
    "a<!--secret-->b",
    "<!-- secret\n\nsecret -->\nb",
    "a <!-- secret\n\nsecret --> b",
    "- a <!-- secret\n- secret --> b",
    "> a <!-- secret\n> secret --> b",
    "> a <!-- secret\n\nsecret --> b",
    "1. a\n\n   <!-- secret\n   secret -->\n2. b",
    "# a <!-- secret -->",
    "|a <!-- secret -->|\n|-|\n|b <!-- secret | secret -->|",
    "**a <!-- secret** secret --> b",
    "[a <!-- secret -->](/b)",
    "- [ ] a <!-- secret -->",
    "a `b <!-- secret -->",
    "- the ` a <!-- secret -->\n- the ` b",
    "a `b\nc` <!-- secret --> `d",
    "- ```SELECT 1\n- b <!-- secret -->",
    "a[^1]\n\n[^1]: b <!-- secret -->",
    "<!--\n```\nsecret\n```\n-->",
    "<!--\n```\nsecret\n-->\na <!-- secret -->",
    "a <!-- secret <!-- secret --> b",
    "<!---secret--->",
    "<details>\n<!-- secret -->\n</details>",
    "\\\\<!-- secret -->",
    "[//]: # (secret)",
    '[//]: # "secret"',
    "[comment]: <> (secret)",
]


@pytest.mark.parametrize("source", SECRET)
def test_comments_are_for_no_reader(source):
    document = read_markdown(source)

    assert "secret" not in document.html()
    assert any("secret" in comment for comment in document.comments)
    assert document.unseen() == []


@pytest.mark.parametrize(
    "source",
    [
        "`<!-- shown -->`",
        "``a ` <!-- shown -->``",
        "```html\n<!-- shown -->\n```",
        "    <!-- shown -->",
        "- a\n\n      <!-- shown -->",
        "\\<!-- shown -->",
        "<!-- shown",
        "a <!-- shown\n\nb",
        "<!- shown ->",
        "&lt;!-- shown --&gt;",
    ],
)
def test_what_is_no_comment_is_shown(source):
    document = read_markdown(source)

    assert "shown" in document.html()
    assert document.comments == ()


@given(
    st.lists(st.sampled_from([*SECRET, "a", "\n", "\n\n", "- ", "> ", " ", "*", "|"]), max_size=6)
)
def test_comments_stay_hidden_in_any_company(pieces):
    source = "\n\n".join(pieces)

    assert read_markdown(source).unseen() == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a<br>b<BR/>c<br />d", "<p>a<br>\nb<br>\nc<br>\nd</p>"),
        ("|a|\n|-|\n|b<br>c|", "<td>b<br>\nc</td>"),
        ("<kbd>Ctrl</kbd>+*c*", "<p><kbd>Ctrl</kbd>+<em>c</em></p>"),
        (
            "H<sub>2</sub>O x<sup>**2**</sup>",
            "<p>H<sub>2</sub>O x<sup><strong>2</strong></sup></p>",
        ),
        (
            "<details>\n<summary>More *here*</summary>\n\n- a\n\n</details>",
            "<details><summary>More <em>here</em></summary><ul>\n<li>a</li>\n</ul>\n</details>",
        ),
        ("<details open>\na\n</details>", '<details open=""><p>a</p>\n</details>'),
        ("- <details>\n  a\n  </details>", "<li><details>a</details></li>"),
        (
            "<details><summary>a</summary>b</details>",
            "<details><summary>a</summary>b</details>",
        ),
        ("a\n<details>\nb\n</details>\nc", "<p>a</p>\n<details><p>b</p>\n</details><p>c</p>"),
        (f'<img src="{IMAGE}" alt="a plan" onclick="x()">', 'alt="a plan"'),
        (
            f'<figure>\n<img src="{IMAGE}" alt="a">\n<figcaption>b</figcaption>\n</figure>',
            "<figcaption>b</figcaption></figure>",
        ),
    ],
)
def test_harmless_elements_are_honoured(source, html):
    assert html in render_markdown(source)
    assert "onclick" not in render_markdown(source)


@pytest.mark.parametrize(
    "source",
    [
        *("<b>a</b>", "<div>a</div>", "<p>a</p>", "<a href='/b'>a</a>", "<iframe src=x></iframe>"),
        *(
            "<script>a</script>",
            "<style>a</style>",
            "<h1>a</h1>",
            "<table><tr><td>a",
            "<!DOCTYPE a>",
        ),
        *(
            "<?a?>",
            "<![CDATA[a]]>",
            "<svg>a</svg>",
            "<input>",
            "<video src=a>",
            "<font color=a>b</font>",
        ),
        *("<img src='https://x.example/a.png'>", "<img src=a.png>", "<img>", "</img>", "</br>"),
        *("<kbd>a", "a</kbd>", "<sub>a</sup>", "*<kbd>a*", "<details>", "</details>", "<summary>a"),
        *("<summary>a</summary>", "<figcaption>a</figcaption>", "a <details>b</details>"),
        *("<details>\n\n> </details>", "- <details>\n\n</details>", "<kbdx>a</kbdx>", "<kbd"),
        "<kbd>a\n\nb</kbd>",
    ],
)
def test_all_other_elements_are_text(source):
    html = render_markdown(source)
    shown = read_markdown(source)

    assert html.count("&lt;") == source.count("<")
    assert unseen_words(source, shown.html(), hidden=[]) == []


def test_an_element_does_not_run_on_over_the_text():
    html = render_markdown("<details>\n\na\n\n# b\n\nc <sub>d\n\ne")

    assert "<details>" not in html
    assert "<sub>" not in html
