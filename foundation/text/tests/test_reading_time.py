"""How long a text takes to read, in any script."""

import pytest

from foundation.pages.templatetags.notes import reading_time
from foundation.text.markdown import reading_minutes, render_markdown


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("<p>—</p><hr>", 0, id="no-words"),
        pytest.param("<p>One.</p>", 1, id="a-word"),
        pytest.param("<p>" + "word " * 690 + "</p>", 3, id="words"),
        pytest.param("<p>" + "読書" * 750 + "</p>", 3, id="signs"),
        pytest.param("<p>" + "word " * 460 + "読書" * 500 + "</p>", 4, id="both"),
        pytest.param(
            '<a title="a > b ' + "word " * 690 + '" href="/x">one</a>', 1, id="attributes"
        ),
    ],
)
def test_time_follows_words_and_signs(html, minutes):
    assert reading_minutes(html) == minutes


def test_words_of_neighbouring_blocks_are_not_one():
    html = render_markdown(
        "\n\n".join(["word"] * 460) + "\n\n- a\n- b\n\n| a | b |\n|-|-|\n| c | d |"
    )

    assert reading_minutes(html) == 2
    assert reading_time(html).split() == ["2", "min", "to", "read"]
    assert reading_time("") == ""
