import pytest

from foundation.text.languages import Language, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("eng", "en", id="iso-639-3"),
        pytest.param("zho", "zh", id="chinese"),
        pytest.param("glg", "gl", id="galician"),
        pytest.param("ger", "de", id="iso-639-2-b"),
        pytest.param("en", "en", id="iso-639-1"),
        pytest.param(" ENG ", "en", id="upper-case-and-space"),
        pytest.param("English", "en", id="english-name"),
        pytest.param("Deutsch", "de", id="own-name"),
        pytest.param("de-formal", "de", id="locale"),
        pytest.param("pt_BR", "pt", id="locale-with-underscore"),
        pytest.param("", "", id="empty"),
        pytest.param("xyz", "", id="unknown-code"),
        pytest.param("Klingon", "", id="unknown-name"),
        pytest.param("\x00", "", id="control-character"),
    ],
)
def test_language_of_one(text, code):
    assert language_of(text) == Language(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [("de, en", "de"), ("en/de", "en"), ("xyz; fra", "fr"), ("xyz, abcd", "")],
)
def test_language_of_several_is_the_first_that_is_known(text, code):
    assert language_of(text) == Language(code, is_one_of_several=True)
