"""HTML for reading away from the site: whole addresses, images within."""

import pytest

from foundation.text.markdown import render_markdown
from foundation.text.standalone import ImageRoom, absolute_links, inlined_images

PAGE = "https://notes.example/conferences/c/t/"
PIXEL = b"GIF89a"
DATA = "data:image/gif;base64,R0lGODlh"


def find(address):
    return ("image/gif", PIXEL) if address.startswith("/images/") else None


def inline(html, *, each=100, left=100):
    return inlined_images(html, find, ImageRoom(each=each, left=left))


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ('<a href="/tags/x/">x</a>', '<a href="https://notes.example/tags/x/" class="own">x</a>'),
        ('<a href="more">x</a>', f'<a href="{PAGE}more" class="own">x</a>'),
        ('<a href="?a=1&amp;b=2">x</a>', f'<a href="{PAGE}?a=1&amp;b=2" class="own">x</a>'),
        ('<a href="//else.example/">x</a>', '<a href="https://else.example/">x</a>'),
        ('<a href="#note-h">x</a>', '<a href="#note-h">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a href="http://[">x</a>', '<a href="http://[">x</a>'),
        ('<a id="x">x</a>', '<a id="x">x</a>'),
        (
            '<a class="timestamp" href="/v" title="a > b">x</a>',
            '<a class="own timestamp" href="https://notes.example/v" title="a > b">x</a>',
        ),
        ('<a href="/inside/">x</a>', '<a href="#talk-x">x</a>'),
        (
            '<a\n  href="/tags/x/"\n  lang="en"\n>x</a>',
            '<a\n  href="https://notes.example/tags/x/"\n  lang="en"\n class="own">x</a>',
        ),
        (
            '<a href="https://else.example/y/">else.example/y</a>',
            '<a href="https://else.example/y/" class="bare">else.example/y</a>',
        ),
    ],
)
def test_links_say_the_whole_address(link, becomes):
    inside = {"https://notes.example/inside/": "talk-x"}

    assert absolute_links(f"<p>{link}</p>", page=PAGE, inside=inside) == f"<p>{becomes}</p>"


def test_own_images_stand_in_the_text_with_their_words_and_size():
    html = inline(
        '<p><img src="/images/a.gif" alt="A &quot;b&quot;" title="T" loading="lazy" width="3"></p>'
    )

    assert html == f'<p><img src="{DATA}" alt="A &quot;b&quot;" title="T" width="3"></p>'


@pytest.mark.parametrize(("each", "left"), [(5, 100), (100, 5)])
def test_image_without_room_becomes_a_link_to_it(each, left):
    html = inline('<img src="/images/a.gif" alt="The slide">', each=each, left=left)

    assert html == '<a href="/images/a.gif">The slide</a>'


def test_room_is_shared_by_all_images():
    html = inline('<img src="/images/a.gif" alt="1"><img src="/images/b.gif" alt="2">', left=11)

    assert html == f'<img src="{DATA}" alt="1"><a href="/images/b.gif">2</a>'


def test_image_that_is_not_there_becomes_a_link_that_says_where_it_was():
    assert inline('<img src="/gone.png" alt="">') == '<a href="/gone.png">/gone.png</a>'


def test_image_in_a_link_leaves_its_words_where_it_has_no_room():
    html = '<a href="/x"><img src="/gone.png" alt="Gone"></a> <img src="/gone.png" alt="Too">'

    assert inline(html) == '<a href="/x">Gone</a> <a href="/gone.png">Too</a>'


def test_what_markdown_makes_of_images_is_understood():
    address = f"/images/{'a' * 32}-8x6.webp"
    html = render_markdown(f'![Slide "one"]({address}) ![]({address} "A <title>")')

    assert inline(html).count(f'src="{DATA}"') == 2
    assert f'src="{address}"' not in inline(html)


def test_code_that_shows_tags_stays_as_it_is():
    html = render_markdown('`<img src="/images/a.gif">` and `<a href="/x">`')

    assert inline(html) == html
    assert absolute_links(html, page=PAGE, inside={}) == html
