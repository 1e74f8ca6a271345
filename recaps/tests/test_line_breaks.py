"""A recap keeps its line breaks, or joins its lines: as chosen, or as the text suggests."""

import pytest

from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.tests.sendings import sent
from recaps.writing import write_recap
from tests.tools.admin_form import fields_of

pytestmark = pytest.mark.django_db
LIST = "/admin/recaps/recap/"
THOUGHTS = "Kettles boil\nNobody tests them\nAsk Ada"
WRAPPED = (
    "The speaker began with the question of why anybody would test a\nkettle, and whether"
    " it is the kettle or the person that is under\ntest."
)


@pytest.mark.parametrize(
    ("chosen", "body", "is_kept"),
    [
        (None, THOUGHTS, True),
        (None, WRAPPED, False),
        (True, WRAPPED, True),
        (False, THOUGHTS, False),
    ],
)
def test_line_breaks_are_shown_as_chosen_or_as_the_text_suggests(chosen, body, is_kept):
    recap = RecapFactory(body=body, keep_breaks=chosen)

    assert ("<br>" in recap.body_html) is is_kept
    assert recap.body == body


def test_the_form_shows_and_saves_the_choice(client, taker):
    recap = RecapFactory(author=taker, draft=True, body=WRAPPED)
    address = f"{LIST}{recap.pk}/change/"
    fields = fields_of(client.get(address))

    client.post(address, {**fields, "keep_breaks": "True"})

    recap.refresh_from_db()
    assert (fields["keep_breaks"], recap.keep_breaks) == ("", True)
    assert "<br>" in recap.body_html
    assert '<option value="True" selected>' in client.get(address).content.decode()


@pytest.mark.parametrize(("chosen", "is_kept"), [("", True), ("True", True), ("False", False)])
def test_the_preview_shows_what_is_chosen(client, taker, chosen, is_kept):
    form = {"body": THOUGHTS, "keep_breaks": chosen}

    html = client.post(f"{LIST}preview/", form).content.decode()

    assert ("<br>" in html) is is_kept


def test_the_choice_is_kept_with_what_is_typed(client, taker):
    recap = RecapFactory(author=taker, draft=True)
    form = sent(recap, body="Typed.", keep_breaks="False")
    client.post(f"{LIST}keep/", form)

    fields = fields_of(client.get(f"{LIST}{recap.pk}/change/?copy={form['sitting']}"))

    assert fields["keep_breaks"] == "False"


def test_a_conflict_shows_the_choice_of_the_other(client, taker):
    recap = RecapFactory(author=taker, draft=True, body=WRAPPED)
    address = f"{LIST}{recap.pk}/change/"
    fields = fields_of(client.get(address))
    write_recap(Recap.objects.get(), by=taker)

    page = client.post(address, {**fields, "keep_breaks": "True"})

    assert page.status_code == 409
    assert [value.theirs for value in page.context["conflict"].values] == ["as the text suggests"]
