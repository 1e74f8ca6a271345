"""Names that only a sign tells apart are different searches, in texts, tags and questions alike."""

import pytest
from django.db import connection

from recaps.factories import RecapFactory
from search.words import spelled
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from tests.tools.pages import elements

pytestmark = pytest.mark.django_db
NAMES = (
    *("C", "C++", "C#", "C++17", "F", "F#", "A*", "R", "R#", "D3.js", "D", "Go", "G++", "B*"),
    *(".NET", "net", "node.js", "node", "js", "ASP.NET"),
)
# By question: the titles below that have what it names.
FOUND = {
    "C": {"C"},
    "c++": {"C++", "C++17"},
    "cpp": {"C++", "C++17"},
    "C++17": {"C++17"},
    "C#": {"C#"},
    "C♯": {"C#"},
    "csharp": {"C#"},
    "f#": {"F#"},
    "F": {"F"},
    "A*": {"A*"},
    "R": {"R"},
    "r#": {"R#"},
    "D": {"D"},
    "D3.js": {"D3.js"},
    "Go": {"Go"},
    "g++": {"G++"},
    ".net": {".NET", "ASP.NET"},
    "net": {"net", "ASP.NET"},
    "asp.net": {"ASP.NET"},
    "ASP.NET": {"ASP.NET"},
    "node.js": {"node.js"},
    "node": {"node", "node.js"},
    '"learn C# today"': {"C#"},
    '"learn C today"': {"C"},
    "learning -C#": {*NAMES} - {"C#"},
    "C++ or F#": {"C++", "C++17", "F#"},
}
TEXTS = (
    *NAMES,
    *(
        "i++ and ++i",
        "a+b",
        "C+",
        "c++filt",
        "C/C++",
        "Objective-C++",
        "(C#)",
        "c#x",
        "##",
        "# C #",
    ),
    *(
        "*a*",
        "**A**",
        "* a",
        "such a*",
        "A*-search",
        "example.net",
        "x.NET",
        ".nets",
        "_.net",
        "C#7",
    ),
    *("C++入門", "Ｃ＃", "éC++", "C＋＋", "1+1", "a * b", "C++, C# and F#", "C+++", "C#\nC++\n"),
)


@pytest.fixture
def library():
    """A talk for each name."""
    for number, name in enumerate(NAMES):
        TalkFactory(title=f"Learn {name} today", slug=f"t{number}")


def _titles(client, question):
    hits = client.get("/search/", {"q": question, "kind": "talk"}).context["hits"]
    return {hit.thing.title.removeprefix("Learn ").removesuffix(" today") for hit in hits}


@pytest.mark.walks
@pytest.mark.parametrize("question", FOUND)
def test_each_name_finds_its_own(client, library, question):
    assert _titles(client, question) == FOUND[question]


@pytest.mark.parametrize("where", ["abstract", "recap", "tag", "synonym"])
@pytest.mark.parametrize(("name", "others"), [("C#", "C++ and F#"), ("C++", "C and C#")])
def test_names_are_told_apart_wherever_they_stand(client, where, name, others):
    for number, said in enumerate((name, others)):
        talk = TalkFactory(
            title=f"Learn {number} today", abstract=said if where == "abstract" else ""
        )
        tag = TagFactory(name=said if where == "tag" else f"topic {number}")
        if where == "recap":
            RecapFactory(talk=talk, body=f"About {said}.")
        if where == "synonym":
            TagAliasFactory(tag=tag, name=said)
        talk.tags.add(tag)

    assert _titles(client, name) == {"0"}


def test_a_name_is_marked_as_it_is_written(client):
    TalkFactory(title="Learn C++ and C# and .NET")

    for question, marked in (("c++", "C++"), ("c#", "C#"), (".net", ".NET")):
        found = client.get("/search/", {"q": question})
        assert [mark["text"] for mark in elements(found, "mark")] == [marked]


@pytest.mark.parametrize("text", TEXTS)
def test_the_database_spells_out_as_what_is_asked_is(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_spelled(%s)", [text])

        assert cursor.fetchone() == (spelled(text),)


def test_the_site_has_a_feed_for_each(client):
    RecapFactory(title="On C#"), RecapFactory(title="On C++")

    feed = client.get("/search/feed.atom", {"q": "C#"}).content.decode()

    assert ("On C#" in feed, "On C++" in feed) == (True, False)
