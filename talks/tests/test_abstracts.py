"""Abstracts in reStructuredText are joined where an editor's margin broke their lines."""

import pytest

from talks.abstracts import abstract_html
from talks.models import Talk

LONG = "A line that was broken by the margin of an editor at some column"


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param(f"{LONG}\nand goes on.", f"<p>{LONG} and goes on.</p>", id="wrapped"),
        pytest.param("Short.\nNext.", "<p>Short.<br>Next.</p>", id="short-lines"),
        pytest.param(f"{LONG}\n- item", f"<p>{LONG}<br>- item</p>", id="list"),
        pytest.param(f"{LONG}\n2. item", f"<p>{LONG}<br>2. item</p>", id="numbered-list"),
        pytest.param(f"{LONG}\n\nNext.", f"<p>{LONG}</p><p>Next.</p>", id="paragraphs"),
        pytest.param(f"{LONG}\n{LONG}\nend", f"<p>{LONG} {LONG} end</p>", id="several-lines"),
        pytest.param("", "", id="empty"),
    ],
)
def test_wrapped_lines_are_joined(abstract, expected):
    assert abstract_html(Talk(abstract=abstract, abstract_format="rst")) == expected
