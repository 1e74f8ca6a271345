"""Nothing that was typed vanishes unseen: every word is shown, or is known to be hidden."""

from cProfile import Profile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.text.markdown import Video, read_markdown
from foundation.text.markdown.unseen import unseen_words
from foundation.text.tests.test_names import ANY_TEXT

IMAGE = f"/images/{'0a' * 16}-16x9.webp"
VIDEO = Video("file", "https://v.example/talk.mp4")
# Each shape that a parser of Markdown drops words from, or might; all words in them are seen.
ODD = {
    "timestamp-with-a-colon": "[00:00]: Welcome",
    "timestamps-with-colons": "[00:00]: Welcome\n[12:34]: Demo\n\nlater [12:34]",
    "timestamp-with-hours-and-a-colon": "[1:02:03]: Questions",
    "timestamp-and-an-address": "[00:00]: https://x.example/",
    "timestamp-and-a-title": '[00:00]: Demo "live"',
    "timestamp-before-brackets": "[12:34](Demo)",
    "definition-of-a-word": "[Note]: Important\n\nSee [Note].",
    "definition-that-nothing-uses": "[x]: https://x.example/ 'A title'",
    "definitions-in-a-row": "[x]: /x\n[y]: /y\n[z]: /z",
    "definition-twice": "[a]\n\n[a]: /one\n[a]: /two 'Other words'",
    "definition-over-lines": "[a\nb]:\n/address\n'title\nof two lines'",
    "definition-in-a-list": "- [todo]: ask/her\n- b",
    "definition-in-a-quote": "> [x]: /y 'z'\n> more",
    "definition-before-a-paragraph": "[x]: /y\nand on",
    "definition-used-in-a-definition": "[x]: /y '[z]'\n[z]: /q",
    "footnote-that-nothing-uses": "[^1]: a note",
    "footnote-with-a-name": "[^see-there]: a note",
    "footnote-twice": "a[^1]\n\n[^1]: one\n[^1]: two",
    "footnote-in-a-footnote": "a[^1]\n\n[^1]: one\n\n    [^2]: two\n\n    three",
    "footnote-with-a-list": "[^1]:\n    - one\n    - two",
    "footnote-of-itself": "[^1]: see [^1]",
    "footnote-without-words": "[^1]:",
    "footnote-within-alt": f"![a^[b]]({IMAGE})",
    "footnote-with-a-link": "a^[b [c]]\n\n[c]: /d",
    "fence-on-one-line": "- ```SELECT 1",
    "fence-on-one-line-with-a-language": "```sql SELECT 1",
    "fence-of-a-language-alone": "```sql",
    "fence-with-a-caption": "```python the cache\nx = 1\n```",
    "fence-with-a-sentence": "```Hello world\nx\n```",
    "fence-with-attributes": '```js title="app.js" {1,3}\nx\n```',
    "fence-with-braces": "```{.python .numbers}\nx\n```",
    "fence-of-waves": "~~~ so it `goes`\nx\n~~~",
    "fence-in-a-quote": "> ```a b c",
    "cells-beyond-the-head": "|a|b|\n|-|-|\n|1|2|3|4 `x` *y*|\n|5|",
    "cells-with-escaped-bars": "|a|\n|-|\n|b \\| c|d|",
    "deep-list": "\n".join(f"{'  ' * depth}- level{depth}" for depth in range(50)),
    "deep-quote": f"{'> ' * 150}deep",
    "deep-mix": f"{'> - ' * 80}deep",
    "link-that-is-encoded": "![a]({b}/c%20d.png) [e](https://müller.example/straße?ä=%C3%A4)",
    "link-without-words": "[](https://x.example/one)",
    "link-of-a-space": "[ ](/one)",
    "link-to-a-forbidden-scheme": "[a](ftp://x.example/b) [c](tel:123) [d](obsidian://open)",
    "autolink-to-a-forbidden-scheme": "<ftp://x.example/b>",
    "image-of-another-site": "![a *b* `c`](https://x.example/d.png 'e f')",
    "image-without-words": "![](https://x.example/d.png)",
    "image-in-a-link": "[![build](https://x.example/b.svg 'state')](https://x.example/ci)",
    "image-with-signs": f"![caf&eacute; \\* a]({IMAGE} 'b c')",
    "image-alone-with-a-title": f"![]({IMAGE} 'b c')",
    "entities": "caf&eacute; &amp; &unknown; &#12354; &#x110000; &copyright `&amp;`",
    "elements": "<b>bold</b> <blink a='b'>c</blink> </div> <!DOCTYPE html> <?php echo 1 ?>",
    "element-over-lines": "<div\nclass='a'>\nb\n</div>",
    "unfinished-elements": "a <b c=' d",
    "script": "<script>alert(1)</script>",
    "unfinished-comment": "a <!-- b\n\nc",
    "escapes": "\\*a\\* \\[b] \\<c> d\\\ne",
    "marks-within-words": "un*believ*able snake_case_name a**b**c ~~d~~e",
    "names": "[[a]]b [[c|d]] [[e\\|f]]",
    "numbers": "1. a\n1. b\n7. c\n\n3) d",
    "tasks": "- [x] a\n- [X] b\n- [ ] c\n- [x]d",
    "closing-hashes": "# a # b #",
    "heading-under-lines": "a\nb\n===\nc",
    "addresses": "https://x.example/a%20b?c=d#e <https://x.example/%C3%A9> www.x.example a@b",
    "other-scripts": "日本語*強調*です。ไทย **ตัวหนา**นะ",
    "quotes-and-dashes": "\"a\" -- 'b' --- c... (c) d",
    "code-in-colours": '```python\nprint(f"a\\nb{c!r}")\n```',
    "front-matter": "---\ntitle: a\ntags: [b, c]\n---\nd",
    "line-ends": "a\rb\r\nc\u2028d",
}
PIECES = st.sampled_from(
    [*ODD.values(), "\n", "\n\n", " ", "    ", "> ", "- ", "1. ", "*", "`", "|"]
)


@pytest.mark.parametrize("source", ODD.values(), ids=ODD)
def test_every_word_is_seen(source):
    assert read_markdown(source, name="n").unseen() == []
    assert read_markdown(source, video=VIDEO).unseen() == []


@settings(max_examples=300)
@given(st.lists(PIECES | ANY_TEXT, max_size=6))
def test_every_word_of_odd_texts_put_together_is_seen(pieces):
    assert read_markdown("".join(pieces), video=VIDEO).unseen() == []


@given(st.text(alphabet="ab1 \n[]()<>!^:#-*_`~|&;\"'\\/.", max_size=60))
def test_every_word_between_marks_is_seen(source):
    assert read_markdown(source).unseen() == []


@pytest.mark.parametrize(
    ("source", "hidden"),
    [
        pytest.param("[a](/secret)", "secret", id="address"),
        pytest.param("[a][b]\n\n[b]: /c", "b", id="name-of-a-definition"),
        pytest.param("[a]\n\n[a]: /secret", "secret", id="address-of-a-definition"),
        pytest.param("```python\nx\n```", "python", id="language"),
        pytest.param("a[^name]\n\n[^name]: b", "name", id="name-of-a-footnote"),
        pytest.param("a\n\n[//]: # (secret)", "secret", id="comment"),
    ],
)
def test_what_is_hidden_on_purpose_is_no_word_of_the_text(source, hidden):
    document = read_markdown(source)

    assert document.unseen() == []
    assert unseen_words(source, document.html(), hidden=[]).count(hidden) >= 1


def test_the_check_names_what_is_missing_in_the_order_of_the_text():
    assert unseen_words("one two *three* two", "<p>one <em>two</em></p>") == ["two", "three"]


def test_words_of_an_attribute_that_readers_get_are_seen():
    assert unseen_words("![a b](c 'd')", '<img alt="a b" title="d" src="c">', hidden=["c"]) == []


def test_the_check_takes_linear_work():
    def steps(length):
        source = "word [a](/b) `c`\n" * (length // 17)
        document = read_markdown(source)
        with Profile() as profile:
            document.unseen()
        return sum(function.callcount for function in profile.getstats())

    assert steps(40_000) < 5 * steps(10_000) + 20_000


def test_what_nothing_refers_to_is_named():
    document = read_markdown("[x]: /y\n\n[^1]: z\n\n[//]: # (for me)")

    assert document.unused == ("[x]: /y", "[^1]:")
    assert document.comments == ("[//]: # (for me)",)


def test_a_timestamp_of_its_own_line_leads_into_the_recording():
    html = read_markdown("[12:34]: Demo\n\nlater [12:34]", video=VIDEO).html()

    assert html.count('class="timestamp"') == 2
    assert ">12:34</a>: Demo" in html
