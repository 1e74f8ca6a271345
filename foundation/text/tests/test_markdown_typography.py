"""Signs are set as a printer does, unless they may say something else."""

import pytest

from foundation.text.markdown import render_markdown


@pytest.mark.parametrize(
    "text",
    [
        *("(a) (b) (c)", "501(c)(3)", "(r) (R) (tm) (TM) (C) (p)", "+-5", "wow!!!!", "what????"),
        *("git add -- file", "npm test -- --watch", "a--b", "--all", "block--large", "i--", "----"),
        *(
            "cd ..",
            "../..",
            "1..10",
            "a.....b",
            "f(...)",
            "main...topic",
            "./...",
            "...args",
            "a,,b",
        ),
        *("?..", "!..", "<--", "-->", "10--20", "1/2 1/4", "2 x 4", ":-)", "-> => <- >= !="),
        "---a --- 5",
    ],
)
def test_signs_that_may_be_facts_stay(text):
    assert render_markdown(f"See {text} there").replace("&lt;", "<").replace("&gt;", ">") == (
        f"<p>See {text} there</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\"a\" 'b' it's", "“a” ‘b’ it’s"),
        ("one --- two", "one — two"),
        ("one---two", "one—two"),
        ("and so on...", "and so on…"),
        ("well... yes", "well… yes"),
    ],
)
def test_quotes_dashes_between_words_and_ellipses_are_set(text, shown):
    assert render_markdown(text) == f"<p>{shown}</p>\n"


def test_code_and_addresses_stay():
    text = "`a --- b...` <https://x.example/a---b> https://x.example/a---b"

    assert "—" not in render_markdown(text)
    assert "…" not in render_markdown(text)
