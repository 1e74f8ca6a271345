"""Headings and items of a start text that nobody filled are not for readers; what is typed is."""

import pytest

from recaps.factories import RecapFactory
from recaps.models import StartText
from recaps.start_texts import filled
from tests.tools.pages import texts

pytestmark = pytest.mark.django_db
START = "# All\n\n## Said\n\n1.\n2.\n3.\n\n### Details\n\n- [ ]\n\n## Links"


@pytest.fixture(autouse=True)
def texts_of_the_site():
    StartText.objects.all().delete()
    StartText.objects.create(kind="talk", body=START)


@pytest.mark.parametrize(
    ("body", "expected", "unfilled"),
    [
        pytest.param(START, "", ["All", "Said", "Details", "Links"], id="nothing-filled"),
        pytest.param(
            START.replace("1.", "1. Tests"),
            "# All ## Said 1. Tests",
            ["Details", "Links"],
            id="one-item",
        ),
        pytest.param(
            START.replace("2.", "2. Tests"), "# All ## Said 2. Tests", ["Details", "Links"],
            id="the-second-item",
        ),
        pytest.param(
            START.replace("- [ ]", "- [ ] try"),
            "# All ## Said ### Details - [ ] try",
            ["Links"],
            id="below-a-deeper-heading",
        ),
        pytest.param(f"{START}\n\nHere.", "# All ## Links Here.", ["Said", "Details"], id="last"),
        pytest.param("## Own\n\n1.\n4.\n\n## Links", "## Own 4.", ["Links"], id="typed-ones-stay"),
        pytest.param("## Own", "## Own", [], id="typed-heading"),
        pytest.param("2.\n   Tests", "2. Tests", [], id="item-that-goes-on-below"),
        pytest.param("## Links\n```\n# x\n```", "## Links ``` # x ```", [], id="code"),
        pytest.param("## Links\r\n\r\nHere.", "## Links Here.", [], id="other-line-ends"),
        pytest.param("", "", [], id="empty"),
    ],
)  # fmt: skip
def test_what_nobody_filled_is_left_out(body, expected, unfilled):
    shown, left_out = filled(body.replace("\r\n", "\n"))

    assert (" ".join(shown.split()), left_out) == (expected, unfilled)


def test_readers_do_not_see_it_and_the_source_keeps_it(client):
    body = START.replace("1.", "1. Tests")
    recap = RecapFactory(body=body)

    page = client.get(recap.get_absolute_url())

    recap.refresh_from_db()
    assert recap.body == body
    html = page.content.decode()
    assert "Details" not in html
    assert "Links</h" not in html
    assert html.count("<li>Tests</li>") == 1


def test_the_preview_names_it(client, taker):
    page = client.post("/admin/recaps/recap/preview/", {"body": f"{START}\n\nHere."})

    assert texts(page, "li") == [
        "Headings of the start text, which readers will not see while empty: Said, Details"
    ]


def test_a_text_without_empty_headings_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        filled("## Said\n\n1. Tests\n2. Docs")
