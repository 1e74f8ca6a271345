"""The words that addresses are made of."""

from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.models.slug_columns import free_slug
from foundation.text.slugs import (
    RESERVED_TALK_SLUGS,
    SLUG_MAX_LENGTH,
    address_of,
    is_slug,
    slug_of,
    unique_slug,
    validate_slug,
    words_of_address,
)
from foundation.text.tests.test_names import ANY_TEXT
from talks.factories import TagFactory
from talks.models import Tag


@given(ANY_TEXT)
def test_every_text_has_a_slug_that_is_one(text):
    slug = slug_of(text, fallback="talk")

    assert is_slug(slug)
    assert resolve(unquote(reverse("tag", args=[slug]))).kwargs == {"tag_slug": slug}


@given(ANY_TEXT)
def test_the_slug_of_a_slug_is_itself(text):
    slug = slug_of(text, fallback="talk")

    assert slug_of(slug, fallback="other") == slug


@given(st.lists(ANY_TEXT, max_size=12))
def test_slugs_of_many_texts_are_all_different_and_none_is_reserved(texts):
    taken = set()
    for text in texts:
        slug = unique_slug(text, taken=taken, fallback="talk", reserved=RESERVED_TALK_SLUGS)
        assert is_slug(slug)
        assert slug not in taken | RESERVED_TALK_SLUGS
        taken.add(slug)


@given(st.text(max_size=150))
def test_what_is_no_slug_is_refused(text):
    if is_slug(text):
        validate_slug(text)
    else:
        with pytest.raises(ValidationError):
            validate_slug(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        pytest.param("Hello, World!", "hello-world", id="plain"),
        pytest.param("C++", "cpp", id="c++"),
        pytest.param("C#", "csharp", id="c#"),
        pytest.param("C++17 and C#9", "cpp17-and-csharp9", id="versions"),
        pytest.param("F# in practice", "fsharp-in-practice", id="f#"),
        pytest.param("C", "c", id="c"),
        pytest.param(".NET", "dotnet", id="dotnet"),
        pytest.param("ASP.NET", "asp-net", id="asp.net"),
        pytest.param("Q&A", "q-and-a", id="ampersand"),
        pytest.param("Don't panic", "dont-panic", id="apostrophe"),
        pytest.param("Don’t panic", "dont-panic", id="typographic-apostrophe"),
        pytest.param("日本語の発表", "日本語の発表", id="japanese"),
        pytest.param("한국어 발표", "한국어-발표", id="korean"),
        pytest.param("محاضرة عن بايثون", "محاضرة-عن-بايثون", id="arabic"),
        pytest.param("हिन्दी में", "हिन्दी-में", id="devanagari-keeps-its-marks"),
        pytest.param("Ünïcödé", "ünïcödé", id="accents"),
        pytest.param("ÇA VA\u0327", "ça-va\u0327", id="marks"),
        pytest.param("🐍", "snake", id="emoji"),
        pytest.param("😀😀", "grinning-face-grinning-face", id="emojis"),
        pytest.param("❤️", "heavy-black-heart", id="emoji-with-selector"),
        pytest.param("Python 🐍", "python", id="emoji-beside-letters"),
        pytest.param("---", "talk", id="dashes"),
        pytest.param("", "talk", id="empty"),
        pytest.param("???", "talk", id="signs"),
        pytest.param("\u0301", "talk", id="a-mark-alone"),
        pytest.param("..", "talk", id="dots"),
        pytest.param("../../etc/passwd", "etc-passwd", id="path"),
        pytest.param("a/b?c=d#e", "a-b-c-d-e", id="address-signs"),
        pytest.param("snake_case", "snake_case", id="underscore"),
        pytest.param("-_edge_-", "edge", id="edges"),
        pytest.param("a\u202eb\u200bc", "abc", id="invisible"),
        pytest.param("İstanbul", "i\u0307stanbul", id="dotted-capital-i"),
    ],
)
def test_slugs_are_readable(text, slug):
    assert slug_of(text, fallback="talk") == slug


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Upper",
        "two words",
        "e\u0301",
        "-",
        "--",
        "_",
        "a/b",
        "a.b",
        "a%20b",
        "a?b",
        "🐍",
        "a\u200b",
        "a\n",
        "\u0301",
        "❤\ufe0f",
        "a" * 121,
        "a\ud800",
    ],
)
def test_is_no_slug(text):
    assert not is_slug(text)


def test_a_slug_that_is_taken_counts_up():
    assert unique_slug("Talk", taken={"talk", "talk-2"}, fallback="x") == "talk-3"


def test_a_reserved_slug_gets_the_word_of_its_kind():
    assert unique_slug("Speakers", taken=set(), fallback="talk", reserved={"speakers"}) == (
        "speakers-talk"
    )


def test_a_long_slug_counts_up_within_its_length():
    taken = {"a" * SLUG_MAX_LENGTH, "a" * (SLUG_MAX_LENGTH - 2) + "-2"}

    slug = unique_slug("a" * 300, taken=taken, fallback="x")

    assert slug == "a" * (SLUG_MAX_LENGTH - 2) + "-3"


def test_a_slug_of_many_marks_still_counts_up_to_a_slug():
    text = "\u0903" + "_" * 117 + "a"  # cut for the number, nothing readable is left of it

    slug = unique_slug(text, taken={slug_of(text, fallback="x")}, fallback="talk")

    assert slug == "talk-2"


@pytest.mark.django_db
def test_a_free_slug_is_that_of_no_row():
    for slug in ("talk", "talk-2", "talking"):
        TagFactory(name=slug, slug=slug)

    assert free_slug(Tag(), "Talk", fallback="tag") == "talk-3"


@pytest.mark.django_db
def test_a_free_slug_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert free_slug(Tag(), "100% _", fallback="tag") == "100"


@pytest.mark.django_db
@given(ANY_TEXT)
def test_the_database_takes_every_slug_we_make(text):
    slug = slug_of(text, fallback="tag")
    Tag.objects.filter(slug=slug).delete()

    TagFactory(slug=slug)

    assert Tag.objects.filter(slug=slug).count() == 1


@pytest.mark.parametrize(
    "sign", ["a", " ", "-", "&", "'", "+", "#", ".", "é", "\u0301", "😀", "漢"]
)
def test_100_kb_of_one_sign_have_a_slug(sign):
    assert is_slug(slug_of(sign * 100_000, fallback="talk"))
    assert not is_slug(sign * 100_000)


@pytest.mark.parametrize(("name", "address"), [("C++", "cpp"), ("---", ""), ("", "")])
def test_the_address_of_a_name_may_be_empty(name, address):
    assert address_of(name) == address


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/talks/why-tests_tell/", "why tests tell"),
        ("/conferences/x/book/", "x"),
        ("/conferences/x/calendar.ics", "x"),
        ("/tags/x/feed.atom", "x"),
        ("/x.html", "x"),
        ("/x.pdf.zip", "x pdf"),
        ("/x.ab", "x"),
        ("/x.abcde", "x"),
        ("/x.a", "x a"),
        ("/x.abcdef", "x abcdef"),
        ("/日本-語/", "日本 語"),
        ('/-x- OR y"/', "x OR y"),
        ("/%%/", ""),
        ("/", ""),
        ("", ""),
        ("/" + "ab-" * 80, ("ab " * 27)[:80]),
        ("/" + "x" * 119 + ".html", "x" * 80),
        ("/" + "-" * 118 + "xyz", "xy"),
    ],
)
def test_the_words_of_an_address_that_leads_nowhere(path, words):
    assert words_of_address(path) == words
