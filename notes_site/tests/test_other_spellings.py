"""Another spelling of an address, or of an old one or a synonym, is one redirect away."""

import unicodedata
from urllib.parse import quote, unquote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from foundation.models.old_addresses import change_address, change_name
from foundation.pages.converters import SlugConverter
from notes_site.other_spellings import _ROWS, address_meant_by
from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from speakers.renaming import rename_speaker
from talks.addresses import rename_talk
from talks.factories import TagAliasFactory, TagFactory, TalkFactory
from tests.tools.shared_rows import shared_rows

pytestmark = pytest.mark.django_db


def known(**fields):
    """Return a tag that readers know of: a talk has it."""
    (tag,) = TalkFactory(tags=[TagFactory(**fields)]).tags.all()
    return tag


def led_to(client, path, query=""):
    """Return where the address leads in one step, as one reads it; the page there must answer."""
    answer = client.get(f"{quote(path)}{query}")
    assert answer.status_code == 301, path
    assert client.get(answer["Location"]).status_code == 200
    return unquote(answer["Location"])


def moved_library():
    """One row of each kind, at `é-live` since it moved there from `old`."""
    conference = ConferenceFactory(slug="old", series=SeriesFactory(slug="old"))
    speaker, tag = SpeakerFactory(slug="old"), TagFactory(name="old", slug="old")
    talk = TalkFactory(slug="old", conference=conference, speakers=[speaker], tags=[tag])
    recap = RecapFactory(slug="old", talk=talk, author=UserFactory(slug="old"))
    change_address(conference.series, slug="é-live")
    change_address(conference, slug="é-live")
    rename_talk(talk, slug="é-live")
    rename_speaker(speaker, slug="é-live")
    change_name(tag, slug="é-live")
    change_address(recap, slug="é-live")
    change_address(recap.author, slug="é-live")


PAGES = [
    "/conferences/{}/",
    "/conferences/{}/book/",
    "/conferences/{}/feed.atom",
    "/conferences/{}/calendar.ics",
    "/conferences/{0}/{0}/",
    "/conferences/{0}/{0}/calendar.ics",
    "/series/{}/",
    "/series/{}/feed.atom",
    "/speakers/{}/",
    "/speakers/{}/feed.atom",
    "/tags/{}/",
    "/tags/{}/feed.atom",
    "/recaps/{}/",
    "/authors/{}/",
    "/authors/{}/feed.atom",
]
SPELLINGS = [
    "É-Live",
    unicodedata.normalize("NFD", "é-live"),
    "É LIVE",
    " é  live ",
    "é--live",
    "é.live!",
    "é\u00ad-live",
    "OLD",
    "Old.",
]


class TestMovedLibrary:
    """These read one library."""

    @pytest.fixture(scope="class", autouse=True)
    def _library(self, django_db_setup, django_db_blocker):
        with shared_rows(django_db_blocker, moved_library):
            yield

    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("spelling", SPELLINGS)
    def test_every_spelling_of_every_page_leads_to_it(self, client, page, spelling):
        assert led_to(client, page.format(spelling)) == page.format("é-live")


def slugs_of_pages(patterns, names=frozenset()):
    """Return the sets of names of the slugs that stand in one address together."""
    for pattern in patterns:
        here = {
            name
            for name, converter in pattern.pattern.converters.items()
            if isinstance(converter, SlugConverter)
        }
        if isinstance(pattern, URLResolver):
            yield from slugs_of_pages(pattern.url_patterns, names | here)
        elif isinstance(pattern, URLPattern) and names | here:
            yield names | here


def test_every_part_of_an_address_is_known():
    parts = set().union(*slugs_of_pages(get_resolver().url_patterns))

    assert parts == {*_ROWS, "talk_slug"}


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/Tags/É-Live/", "/tags/é-live/"),
        ("/TAGS/é-live/", "/tags/é-live/"),
        ("/tags/É-Live", "/tags/é-live/"),
        ("/tags//É-Live/", "/tags/é-live/"),
        ("/Conferences/", "/conferences/"),
        ("/Conferences/É-Live/BOOK/", "/conferences/é-live/book/"),
        ("/tags/É-Live/Feed.Atom", "/tags/é-live/feed.atom"),
        ("/Archive/Talks/2017/", "/archive/talks/2017/"),
    ],
)
def test_other_parts_of_addresses_may_be_spelled_otherwise(client, asked, page):
    moved_library()

    assert led_to(client, asked) == page


@pytest.mark.parametrize(
    ("name", "slug", "asked"),
    [
        ("Python", "python", "Python"),
        ("C++", "cpp", "c++"),
        ("C++", "cpp", "C++"),
        ("C#", "csharp", "c#"),
        (".NET", "dotnet", ".net"),
        ("machine learning", "machine-learning", "machine learning"),
        ("machine learning", "machine-learning", "Machine+Learning"),
        ("web_dev", "web_dev", "Web_Dev"),
        ("日本語", "日本語", "日本語。"),
    ],
)
def test_a_tag_is_found_as_people_write_it(client, name, slug, asked):
    known(name=name, slug=slug)

    assert led_to(client, f"/tags/{asked}/") == f"/tags/{slug}/"


@pytest.mark.parametrize("asked", ["k8s", "K8S", "k8s!"])
def test_a_synonym_leads_to_its_tag(client, asked):
    TagAliasFactory(name="K8s", tag=known(name="Kubernetes", slug="kubernetes"))

    assert led_to(client, f"/tags/{asked}/") == "/tags/kubernetes/"


@pytest.mark.parametrize(
    ("asked", "pair"),
    [
        ("Python+C++", "cpp+python"),
        ("c+++python", "cpp+python"),
        ("Python+K8S", "kubernetes+python"),
        ("python+k8s", "kubernetes+python"),
        ("Machine Learning+PYTHON", "machine-learning+python"),
        ("K8S+Kubernetes", "kubernetes"),
    ],
)
def test_two_tags_together(client, asked, pair):
    known(name="Python", slug="python")
    known(name="C++", slug="cpp")
    known(name="machine learning", slug="machine-learning")
    TagAliasFactory(name="k8s", tag=known(name="Kubernetes", slug="kubernetes"))

    assert led_to(client, f"/tags/{asked}/") == f"/tags/{pair}/"


@pytest.mark.parametrize("path", ["/tags/Python/", "/tags/py/"])
def test_what_was_asked_of_the_page_is_kept(client, path):
    TagAliasFactory(name="py", tag=known(name="Python", slug="python"))

    assert client.get(f"{path}?utm=a%20b&x=é")["Location"] == "/tags/python/?utm=a%20b&x=%C3%A9"


@pytest.mark.parametrize(
    "path",
    [
        "/tags/Nothing/",
        "/tags/+/",
        "/tags/++++++++++/",
        "/tags/!!!/",
        "/Tags/Nothing/More/And/More/",
        "/\\Evil.example/",
        "/tags/" + "A" * 600 + "/",
        "/Admin/",
        "/recaps/Draft/",
        "/authors/Nobody/",
        "/Health/",
        "/Images/x/",
    ],
)
def test_what_means_nothing_is_missing(client, path):
    RecapFactory(slug="draft", draft=True, author__slug="nobody")

    assert client.get(quote(path, safe="/\\")).status_code == 404


def test_no_address_leads_to_another_site():
    known(name="evil example", slug="evil-example")

    assert address_meant_by("//Evil.example/") is None
    assert address_meant_by("//Evil.example//tags") is None
    assert address_meant_by("//Tags/Evil.Example") == "/tags/evil-example/"


def test_a_tag_that_readers_do_not_know_is_not_told(client):
    TagAliasFactory(name="otter", tag=TagFactory(name="Project Otter", slug="project-otter"))

    for path in ("Project-Otter", "Otter", "otter", "Python+Otter"):
        assert client.get(f"/tags/{path}/").status_code == 404


def test_a_form_is_never_sent_elsewhere(client):
    known(name="Python", slug="python")

    assert client.post("/tags/Python/").status_code in (403, 404, 405)


def test_a_page_that_is_missing_costs_nothing_more(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/nothing/here/")
    with django_assert_num_queries(0):
        client.get("/Nothing/Here.html")


def test_another_spelling_costs_little(client, django_assert_max_num_queries):
    TalkFactory(slug="keynote", conference__slug="conf")
    known(name="Python", slug="python")

    with django_assert_max_num_queries(1):
        client.get("/tags/Python/")
    with django_assert_max_num_queries(3):
        client.get("/conferences/Conf/Keynote/")
    with django_assert_max_num_queries(2):
        client.get("/tags/Nothing/")
