import pytest

from exchange.files.addresses import address_in_file


@pytest.mark.parametrize(
    "url",
    [
        "https://trees.example/a?b=c#d",
        "http://trees.example:8080/",
        "https://trees.example/a_(b)",
        "https://bäume.example/ä",
    ],
)
def test_address_in_file_is_taken_as_it_is(url):
    address = address_in_file(url)

    assert (address.url, address.finding) == (url, None)


def test_address_in_file_drops_outer_space_without_a_word():
    address = address_in_file("\n https://trees.example/ ")

    assert (address.url, address.finding) == ("https://trees.example/", None)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        pytest.param("https://trees.example/)", "https://trees.example/", id="bracket"),
        pytest.param("https://trees.example/a),", "https://trees.example/a", id="bracket-comma"),
        pytest.param("https://trees.example;", "https://trees.example", id="semicolon"),
        pytest.param("www.trees.example/a", "https://www.trees.example/a", id="no-scheme"),
        pytest.param("HTTP://trees.example/", "http://trees.example/", id="upper-case-scheme"),
        pytest.param("https://x.example/a'b|c", "https://x.example/a%27b%7Cc", id="plain-signs"),
    ],
)
def test_address_in_file_is_repaired(raw, url):
    assert address_in_file(raw).url == url


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("", "url.empty", id="empty"),
        pytest.param(" \u200b", "url.empty", id="invisible"),
        pytest.param("javascript:alert(1)", "url.scheme", id="javascript"),
        pytest.param("data:text/html,x", "url.scheme", id="data"),
        pytest.param("file:///etc/passwd", "url.scheme", id="file"),
        pytest.param("ftp://trees.example/", "url.scheme", id="ftp"),
        pytest.param("not an address", "url.scheme", id="words"),
        pytest.param("README", "url.scheme", id="word"),
        pytest.param("a..b/c", "url.scheme", id="empty-label"),
        pytest.param("//trees.example/a", "url.relative", id="protocol-relative"),
        pytest.param("/media/a.pdf", "url.relative", id="site-relative"),
        pytest.param("https://user:pw@trees.example/", "url.unsafe", id="user"),
        pytest.param("https://trees.example/a b", "url.unsafe", id="space"),
        pytest.param('https://trees.example/"onload=', "url.unsafe", id="quote"),
        pytest.param("https://trees.example:99999/", "url.unsafe", id="port"),
        pytest.param("https://", "url.unsafe", id="no-host"),
        pytest.param("https://[::1", "url.unsafe", id="broken-ipv6"),
        pytest.param("https://trees.example/\\_a", "url.unsafe", id="backslash"),
        pytest.param("https://trees.example/" + "a" * 2000, "url.too_long", id="long"),
        pytest.param("https://trees.example/" + "'" * 1900, "url.too_long", id="long-once-encoded"),
        pytest.param(")" * 900_000, "url.too_long", id="brackets-only"),
    ],
)
def test_address_in_file_is_refused(raw, code):
    address = address_in_file(raw)

    assert (address.url, address.finding.code) == ("", code)
