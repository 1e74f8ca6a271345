"""Line breaks within paragraphs: shown where asked for; whether they are meant, told by a rule."""

import pytest

from foundation.text.markdown import breaks_are_meant, read_markdown

WRAPPED = """The speaker began with the question of why anybody would test a
kettle, and whether it is the kettle or the person that is under
test. Nobody in the room knew, so we went on to the next slide and
looked at it for a while, as one does."""
THOUGHTS = "Kettles boil\nNobody tests them\nAsk Ada\nTry it on Monday"


@pytest.mark.parametrize(
    ("source", "is_meant"),
    [
        pytest.param(THOUGHTS, True, id="a-thought-per-line"),
        pytest.param(THOUGHTS.lower(), True, id="short-lines-in-small-letters"),
        pytest.param(WRAPPED, False, id="wrapped"),
        pytest.param(f"- {WRAPPED}".replace("\n", "\n  "), False, id="wrapped-in-a-list"),
        pytest.param(f"# Heading\n{THOUGHTS}\n\n- item\n- item", True, id="thoughts-among-others"),
        pytest.param("One paragraph.\n\nAnother one.", None, id="no-breaks"),
        pytest.param("# A\n- b\n- c\n\n|d|\n|-|\n|e|\n\n> f\n> g", None, id="no-paragraphs"),
        pytest.param("```\na\nb\nc\n```", None, id="code"),
        pytest.param("A\\\nB  \nC", None, id="breaks-of-markdown"),
        pytest.param("今日は良い\n話を聞いた\n短い行", True, id="short-lines-without-cases"),
        pytest.param("話" * 70 + "\n" + "聞" * 70, False, id="long-lines-without-cases"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_rule_tells_whether_breaks_are_meant(source, is_meant):
    assert breaks_are_meant(source) is is_meant


def test_breaks_are_shown_where_asked_for():
    assert read_markdown("a\nb", breaks=True).html() == "<p>a<br>\nb</p>\n"
    assert read_markdown("a\nb").html() == "<p>a\nb</p>\n"
    assert read_markdown("- a\n  b", breaks=True).html() == "<ul>\n<li>a<br>\nb</li>\n</ul>\n"


def test_texts_with_their_breaks_show_every_word():
    assert read_markdown(THOUGHTS, breaks=True).unseen() == []
