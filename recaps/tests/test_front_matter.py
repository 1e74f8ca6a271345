"""Front matter that is pasted into the editor is recognised, moved on request, and never lost."""

import re

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.front_matter import move_facts, read_front_matter
from recaps.models import Recap
from talks.factories import TalkFactory
from tests.tools.admin_form import errors_of, fields_of, save

YAML = "title: Harbour days\ntags: [web, 'slow food']\nlang: English\ndate: 2031-05-06\n"
FREE = dict.fromkeys(("title", "summary", "language", "tags", "published_at"), True)
BELOW = "\n## Said\n\n---\n\nMuch.\n"
KNOWN = {
    "title": "Harbour days",
    "language": "en",
    "tags": "web, slow food",
    "published_at": "2031-05-06 00:00:00",
}


def moved(text, **empty):
    front = read_front_matter(text)
    return move_facts(front, empty={**FREE, **empty}) if front else None


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(f"---\n{YAML}---\n", id="yaml"),
        pytest.param(f"\n---  \n{YAML}...\n", id="yaml-ended-by-dots"),
        pytest.param(
            "---\ntitle: 'Harbour days'\ntags:\n- web\n- slow food\nlanguage: en\n"
            "date: 2031-05-06\n---\n",
            id="yaml-list",
        ),
        pytest.param(
            '+++\ntitle = "Harbour days"\ntags = ["web", "slow food"]\nlanguage = "en"\n'
            "date = 2031-05-06\n+++\n",
            id="toml",
        ),
        pytest.param(
            "Title: Harbour days\nDate: 2031-05-06\nTags: web, slow food\nLang: EN\n", id="lines"
        ),
        pytest.param(
            "---\ntitle: Harbour days\ntags: web, slow food\nlang: en\ndate: 2031-05-06\n",
            id="not-closed",
        ),
    ],
)
def test_what_has_a_field_goes_there(header):
    found = moved(f"{header}{BELOW}")

    assert {name: text for name, text in found.fields.items() if name != "body"} == KNOWN
    assert found.fields["body"] == BELOW.lstrip("\n")
    assert found.stayed == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("---\n\nWords.", id="a-line"),
        pytest.param("slides: bit.ly/x\n\nWords.", id="a-colon"),
        pytest.param("Note: this.\nTitle: that.\n\nWords.", id="prose-with-colons"),
        pytest.param("# Title: x\n\n---\ntitle: x\n---", id="not-at-the-beginning"),
        pytest.param("Title: a\nand prose below it\n\nWords.", id="prose-below"),
        pytest.param("title:" + " " * 90_000 + "a:" * 30_000, id="long-lines"),
        pytest.param("---\n" + "[" * 5_000 + "\n---\n", id="nested"),
    ],
)
def test_what_is_none_is_left_alone(text):
    front = read_front_matter(text)

    assert front is None or not front.is_movable


@pytest.mark.parametrize(
    ("header", "fields", "stayed"),
    [
        ("title: A: b", {"title": "A: b"}, []),
        ("title: 2019\nlang: no", {"title": "2019", "language": "no"}, []),
        ("title: |\n  Two\n  lines", {"title": "Two lines"}, []),
        ("tags: django web", {"tags": "django, web"}, []),
        ("categories: [a]\ntags: ['b, c', '#d']", {"tags": 'a, "b, c", d'}, []),
        ("title: A\nlang: Klingonish", {"title": "A"}, ["lang"]),
        ("title: A\ndate: someday", {"title": "A"}, ["date"]),
        ("title: A\nlayout: post\nhero:\n  src: x", {"title": "A"}, ["layout", "hero"]),
        (f"title: {'x' * 301}\nlang: en", {"language": "en"}, ["title"]),
        ("date: 2031-05-06 10:00:00 +0200", {"published_at": "2031-05-06 08:00:00"}, []),
        ("# mine\ntitle: A\n# note: b", {"title": "A"}, []),
        ("title: A\nbomb: &a [x]\nmore: *a", {"title": "A"}, ["bomb", "more"]),
        ("title: A\nrun: !!python/object:os.system x", {"title": "A"}, ["run"]),
    ],
)
def test_what_has_none_stays_in_the_text_and_is_named(settings, header, fields, stayed):
    settings.TIME_ZONE = "UTC"
    found = moved(f"---\n{header}\n---\nBelow.")

    text = found.fields.pop("body")
    assert (found.fields, found.stayed) == (fields, stayed)
    assert text.endswith("Below.")
    assert all(f"{key}:" in text for key in stayed)
    assert text.startswith("<!--\n") is (bool(stayed) or "#" in header.splitlines()[0])
    assert all(line in text for line in header.splitlines() if line.startswith("#"))


def test_a_field_in_which_something_stands_is_left_alone():
    found = moved(f"---\n{YAML}---\nBelow.", title=False)

    assert "title" not in found.fields
    assert found.fields["body"] == "<!--\ntitle: Harbour days\n-->\n\nBelow."


@pytest.fixture
def curator(client):
    person = UserFactory(staff=True, role="Curators")
    client.force_login(person)
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("is_new", [True, False])
def test_the_form_comes_again_with_what_was_moved_and_nothing_saved(client, curator, is_new):
    conference = ConferenceFactory()
    address = f"/admin/recaps/recap/add/?conference={conference.pk}"
    if not is_new:
        facts = {"talk": None, "conference": conference, "author": curator, "title": "Old"}
        recap = RecapFactory(draft=True, **facts)
        address = f"/admin/recaps/recap/{recap.pk}/change/"
    body = f"---\r\n{YAML}layout: post\r\n---\r\nBelow.".replace("\r\n", "\n").replace("\n", "\r\n")
    count = Recap.objects.filter(title="Harbour days").count()

    page = save(client, address, conference=conference.pk, title="", body=body, _front_matter="1")

    said = (
        "Moved into the fields: title, lang, tags, date."
        " Without a free field, and so still in the text: layout."
        " Nothing is saved yet: look at it, then save."
    )
    assert errors_of(page) == {"__all__": [said]}
    shown = fields_of(page)
    assert (shown["title"], shown["language"], shown["tags"]) == (
        "Harbour days", "en", "web, slow food",
    )  # fmt: skip
    assert shown["published_at_0"] == "2031-05-06"
    assert shown["body"] == "<!--\nlayout: post\n-->\n\nBelow."
    assert Recap.objects.filter(title="Harbour days").count() == count
    saved = client.post(address, shown)
    assert saved.status_code == 302
    assert Recap.objects.get(title="Harbour days").body == shown["body"]


@pytest.mark.django_db
def test_a_talks_recap_keeps_tags_in_the_text_and_a_note_takers_the_date(client):
    client.force_login(UserFactory(staff=True, role="Note-takers"))
    talk = TalkFactory()

    page = save(
        client, f"/admin/recaps/recap/add/?talk={talk.pk}", talk=talk.pk,
        body=f"---\n{YAML}---\nBelow.", _front_matter="1",
    )  # fmt: skip

    shown = fields_of(page)
    assert shown["title"] == "Harbour days"
    assert shown["tags"] == ""
    assert "tags: [web" in shown["body"]
    assert "date: 2031-05-06" in shown["body"]


@pytest.mark.django_db
def test_it_is_offered_after_a_save_and_in_the_preview(client, curator):
    talk = TalkFactory()
    text = "The text begins with front matter, which readers see: title, tags, lang, date."

    save(
        client, f"/admin/recaps/recap/add/?talk={talk.pk}", talk=talk.pk,
        body=f"---\n{YAML}---\nBelow.",
    )  # fmt: skip
    page = client.get(f"/admin/recaps/recap/{Recap.objects.get().pk}/change/")
    preview = client.post("/admin/recaps/recap/preview/", {"body": f"---\n{YAML}---\nBelow."})

    assert any(str(message).startswith(text) for message in page.context["messages"])
    assert "hidden" not in _button(page.content.decode())
    assert "data-front-matter" in preview.content.decode()
    assert text in preview.content.decode()
    other = RecapFactory(draft=True)
    page = client.get(f"/admin/recaps/recap/{other.pk}/change/").content.decode()
    assert "hidden" in _button(page)


def _button(page):
    """The tag of the button that moves front matter into the fields."""
    return re.search(r'<input[^>]*name="_front_matter"[^>]*>', page)[0]
