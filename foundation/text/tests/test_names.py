"""Names and texts as people type them: cleaning, comparison keys, sort keys."""

import sys
import unicodedata
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text.names import (
    KEY_MAX_LENGTH,
    SORT_KEY_MAX_LENGTH,
    clean_line,
    clean_text,
    initial_letter,
    name_key,
    sort_key,
    without_controls,
)

# Any code point at all, lone surrogates too, with many of those that make trouble.
TROUBLE = (
    "\0\t\n\r\x0b\x1c\x1f\x7f\x85\xa0\xad\u0130\u0301\u0315\u0345\u061c\u0f73\u180e\u200b\u200c"
)
TROUBLE += "\u200d\u200e\u2028\u202e\u2060\u3000\ud800\udfff\ufb03\ufdfa\ufe0f\ufeff\ufffe\uffff"
ANY_TEXT = st.text(
    st.one_of(st.sampled_from(TROUBLE), st.integers(0, sys.maxunicode).map(chr)), max_size=60
)
NAMES = st.text(ANY_TEXT.flatmap(lambda text: st.sampled_from(text or "x")), max_size=200)
CLEANERS = [clean_line, clean_text, name_key, sort_key, without_controls]


def _parses_as_xml(text):
    return ET.fromstring(f"<a>{escape(text)}</a>") is not None


@given(ANY_TEXT)
@pytest.mark.parametrize("clean", CLEANERS)
def test_whatever_is_typed_ends_as_what_xml_and_postgresql_can_hold(clean, text):
    cleaned = clean(text)

    assert "\0" not in cleaned
    assert _parses_as_xml(cleaned)
    assert cleaned.encode().decode() == cleaned


@given(ANY_TEXT)
@pytest.mark.parametrize("clean", [clean_line, clean_text, without_controls])
def test_cleaning_twice_changes_nothing(clean, text):
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_a_line_is_one_line_in_nfc_without_outer_space(text):
    line = clean_line(text)

    assert len(line.splitlines()) <= 1
    assert (line.strip(), unicodedata.normalize("NFC", line)) == (line, line)


@given(ANY_TEXT)
def test_cleaning_a_name_does_not_change_its_key(text):
    assert name_key(clean_line(text)) == name_key(text)


@given(ANY_TEXT)
def test_equal_spellings_share_a_key(text):
    spellings = {text, unicodedata.normalize("NFC", text), f"  {text}\u200b "}

    assert {name_key(spelling) for spelling in spellings} == {name_key(text)}


@given(NAMES)
def test_keys_fit_their_columns_and_every_name_has_a_heading(name):
    assert len(name_key(name)) <= KEY_MAX_LENGTH
    assert len(sort_key(name)) <= SORT_KEY_MAX_LENGTH
    assert len(initial_letter(name)) == 1
    assert bool(sort_key(name)) == bool(name_key(name))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        pytest.param("  two   words ", "two words", id="spaces"),
        pytest.param("a\tb\r\nc\u2028d\x85e\u3000f", "a b c d e f", id="every-white-space"),
        pytest.param("a\x0b\x00\x1f\x7fb", "ab", id="controls"),
        pytest.param("pay\u202ecod.exe", "paycod.exe", id="bidi-override"),
        pytest.param("zero\u200bwidth\ufeff", "zerowidth", id="zero-width"),
        pytest.param("soft\xadhyphen", "softhyphen", id="soft-hyphen"),
        pytest.param("e\u0301", "é", id="nfc"),
        pytest.param("👩\u200d💻", "👩\u200d💻", id="joiner-in-emoji-stays"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="non-joiner-in-persian-stays"),
        pytest.param("a\ud800b\ufffec", "abc", id="surrogate-and-non-character"),
        pytest.param("\u200b\u202e", "", id="nothing-visible"),
        pytest.param("<b>&amp;", "<b>&amp;", id="markup-is-text"),
    ],
)
def test_a_line_is_cleaned(typed, line):
    assert clean_line(typed) == line


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="line-ends"),
        pytest.param("\n a\n\n  b \n", "a\n\n  b", id="inner-space-stays"),
        pytest.param("a\x0bb\x0cc\x00", "abc", id="controls"),
        pytest.param("a\tb", "a\tb", id="tab-stays"),
    ],
)
def test_prose_is_cleaned(typed, text):
    assert clean_text(typed) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ada Lovelace", "ADA  LOVELACE", id="case-and-spaces"),
        pytest.param("é", "e\u0301", id="composed"),
        pytest.param("Straße", "STRASSE", id="folding"),
        pytest.param("Ada\u200d Lovelace", "Ada Lovelace", id="invisible"),
        pytest.param("ΌΣΟΣ", "όσος", id="greek-final-sigma"),
        pytest.param("ᾳ", "α\u0345", id="iota-subscript"),
    ],
)
def test_one_name_in_two_spellings(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Muller"), ("O'Neil", "ONeil"), ("Ada Lovelace", "Lovelace Ada"), ("C", "C++")],
)
def test_two_names_for_people_to_judge(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "key", "letter"),
    [
        ("Åsa Öberg", "asa oberg", "A"),
        ("Łukasz", "lukasz", "L"),
        ("Æsir", "aesir", "A"),
        ("ŉ", "n", "N"),
        ("İpek", "ipek", "I"),
        ("“Ada” L.", "ada” l.", "A"),
        ("(the) team", "the) team", "T"),
        ("-- x", "x", "X"),
        ("🐍 Pythonista", "pythonista", "P"),
        ("404 Not Found", "404 not found", "#"),
        ("---", "---", "#"),
        ("🐍", "🐍", "#"),
        ("Йозеф", "йозеф", "Й"),
        ("Ёлка", "елка", "Е"),
        ("Έλλη", "ελλη", "Ε"),
        ("გიორგი", "გიორგი", "გ"),
        ("山田太郎", "山田太郎", "漢"),
        ("カナ", "カナ", "あ"),
        ("ｶﾅ", "カナ", "あ"),
        ("ー", "ー", "あ"),
        ("김철수", "김철수", "한"),
        ("محمد", "محمد", "م"),
        ("ＡＤＡ", "ada", "A"),
        ("", "", "#"),
    ],
)
def test_names_are_ordered_and_headed(name, key, letter):
    assert (sort_key(name), initial_letter(name)) == (key, letter)


@pytest.mark.parametrize("clean", [*CLEANERS, initial_letter])
@pytest.mark.parametrize(
    "sign",
    [
        "a",
        " ",
        "\n",
        "&",
        "é",
        "漢",
        "\u0300",
        "\u0315\u0300",
        "\u0f73\u0f71",
        "\u200b",
        "ﷺ",
        "😀",
        "\0",
    ],
)
def test_100_kb_of_one_sign_settle(clean, sign):
    # Dropping marks can put others in reach of each other: twice is enough, and never more.
    twice = clean(clean("a" + sign * (100_000 // len(sign))))

    assert twice
    assert clean(twice) == twice


def test_more_marks_than_anybody_writes_are_dropped():
    assert clean_line("e" + "\u0301" * 100) == "é" + "\u0301" * 29
    assert clean_line("\u0301" * 100) == "\u0301" * 30
