"""The page of a recap, and of an author."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from accounts.models import OldAuthorSlug
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from recaps.models import OldRecapSlug, Recap
from speakers.factories import SpeakerFactory
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import texts

pytestmark = pytest.mark.django_db


def test_a_talks_recap_shows_its_text_and_what_it_is_about(client):
    speaker, tag = SpeakerFactory(name="Ada"), TagFactory(name="testing")
    talk = TalkFactory(title="On tests", conference__title="Conf", speakers=[speaker], tags=[tag])
    RecapFactory(
        talk=talk, title="My notes", slug="notes", body="*Test* it.", author__public_name="Bo"
    )

    html = client.get("/recaps/notes/").content.decode()

    wanted = {
        "<em>Test</em> it.": 1,
        'href="/conferences/conf/on-tests/"': 1,
        'href="/conferences/conf/"': 1,
        'href="/speakers/ada/"': 1,
        'href="/tags/testing/"': 1,
        "10 April 2017": 1,
        "<bdi>Bo</bdi>": 1,
    }
    assert {said: html.count(said) for said in wanted} == wanted


def test_a_conferences_recap_shows_its_own_tags(client):
    conference = ConferenceFactory(title="Conf")
    RecapFactory(conference=conference, talk=None, slug="notes", tags=[TagFactory(name="people")])

    html = client.get("/recaps/notes/").content.decode()

    assert html.count('href="/tags/people/"') == 1
    assert "3–5 April 2017" in html


def test_the_language_of_a_recap_is_told(client):
    RecapFactory(slug="notes", language="de", title="Notizen")

    assert client.get("/recaps/notes/").content.decode().count('lang="de"') >= 2


def test_a_hidden_and_an_unknown_recap_give_the_same_404(client):
    RecapFactory(slug="draft", draft=True)
    RecapFactory(slug="later", scheduled=True)
    RecapFactory(slug="trash", binned=True)
    slugs = ("draft", "later", "trash", "never")  # of one length, which a header tells

    answers = [client.get(f"/recaps/{slug}/") for slug in slugs]

    bodies = {
        answer.content.decode().replace(slug, "…")
        for slug, answer in zip(slugs, answers, strict=True)
    }
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len(bodies) == 1
    assert "There is no recap at this address." in bodies.pop()
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("state", "status"),
    [
        pytest.param({}, 301, id="published"),
        pytest.param({"draft": True}, 404, id="draft"),
        pytest.param({"scheduled": True}, 404, id="scheduled"),
        pytest.param({"binned": True}, 404, id="binned"),
    ],
)
def test_an_old_address_leads_to_a_public_recap_alone(client, state, status):
    OldRecapSlug.objects.create(slug="before", recap=RecapFactory(slug="now", **state))

    response = client.get("/recaps/before/")

    found = (response.status_code, response.headers.get("Location"))
    assert found == (status, "/recaps/now/" if status == 301 else None)


@pytest.mark.parametrize("tag_count", [1, 3])
def test_a_recap_runs_four_queries(client, django_assert_num_queries, tag_count):
    speakers = [SpeakerFactory() for _ in range(tag_count)]
    tags = [TagFactory() for _ in range(tag_count)]
    RecapFactory(talk=TalkFactory(speakers=speakers, tags=tags), slug="notes")

    with django_assert_num_queries(4):
        client.get("/recaps/notes/")


def test_an_author_has_their_published_recaps_the_newest_first(client):
    author = UserFactory(username="secret-login", public_name="Bo", slug="bo")
    for day, title in ((3, "Older"), (5, "Newer")):
        moment = dt.datetime(2017, 4, day, tzinfo=dt.UTC)
        RecapFactory(author=author, title=title, published_at=moment)
    RecapFactory(author=author, title="Hidden draft", draft=True)
    RecapFactory(author=author, title="Hidden plan", scheduled=True)
    RecapFactory(title="By another")

    response = client.get("/authors/bo/")

    html = response.content.decode()
    assert [recap.title for recap in response.context["page"]] == ["Newer", "Older"]
    assert response.context["number"] == 2
    assert [html.count(word) for word in ("Hidden", "secret-login")] == [0, 0]


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(None, id="no-recap"),
        pytest.param({"draft": True}, id="draft"),
        pytest.param({"scheduled": True}, id="scheduled"),
        pytest.param({"binned": True}, id="binned"),
    ],
)
def test_who_published_nothing_has_no_page(client, state):
    author = UserFactory(slug="zz-bo")
    OldAuthorSlug.objects.create(slug="zz-before", user=author)
    if state is not None:
        RecapFactory(author=author, **state)

    answers = [client.get(f"/authors/{slug}/") for slug in ("zz-bo", "zz-before", "zz-nobody")]

    assert [answer.status_code for answer in answers] == [404] * 3
    slugs = ("zz-bo", "zz-before", "zz-nobody")
    bodies = {_without(slug, answer) for slug, answer in zip(slugs, answers, strict=True)}
    assert len(bodies) == 1


def _without(slug, answer):
    """A page without the words of its address, which its search box holds."""
    html = answer.content.decode()
    return html.replace(f"/{slug}/", "").replace(slug, "").replace(slug.replace("-", " "), "")


def test_an_authors_old_address_leads_to_the_new_one(client):
    author = RecapFactory(author__slug="bo").author
    OldAuthorSlug.objects.create(slug="before", user=author)

    response = client.get("/authors/before/")

    assert (response.status_code, response.headers["Location"]) == (301, "/authors/bo/")


def test_walking_an_authors_pages_meets_every_recap_once(client):
    first = RecapFactory(author__slug="bo")
    moment = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
    Recap.objects.bulk_create(
        Recap(
            author=first.author,
            talk=first.talk,
            title=f"Recap {n}",
            slug=f"r{n}",
            status="published",
            published_at=moment + dt.timedelta(microseconds=n % 3),
        )
        for n in range(120)
    )
    address, met = "/authors/bo/", []

    while address:
        page = client.get(address).context["page"]
        met += [recap.pk for recap in page]
        address = page.older_url

    assert met == list(Recap.objects.newest_first().values_list("pk", flat=True))


@pytest.mark.parametrize("recap_count", [1, 3])
def test_an_author_runs_six_queries(client, django_assert_num_queries, recap_count):
    author = UserFactory(slug="bo")
    for _ in range(recap_count):
        talk = TalkFactory(tags=[TagFactory()], speakers=[SpeakerFactory()])
        RecapFactory(author=author, talk=talk)

    with django_assert_num_queries(6):
        response = client.get("/authors/bo/")

    assert len(response.context["page"]) == recap_count


@pytest.mark.parametrize("address", ["/recaps/notes/", "/authors/bo/"])
def test_pages_are_only_read(client, address):
    RecapFactory(slug="notes", author__slug="bo")

    assert client.post(address).status_code == 405


def test_a_recap_without_a_title_shows_its_talks_everywhere(client):
    talk = TalkFactory(title="On tests", conference__title="Conf")
    RecapFactory(talk=talk, title="", slug="", author__slug="bo")
    pages = ["/recaps/on-tests/", "/conferences/conf/on-tests/", "/authors/bo/", "/", "/archive/"]
    pages += ["/feeds/recaps.atom", "/archive/2017/04/"]

    shown = {page: client.get(page).content.decode().count("On tests") > 0 for page in pages}
    hits = client.get("/search/", {"q": "tests", "kind": "recap"}).context["hits"]

    assert shown == {page: page != "/archive/" for page in pages}
    assert "On tests</h1>" in client.get("/recaps/on-tests/").content.decode()
    assert [hit.thing.shown_title for hit in hits] == ["On tests"]


def test_parts_link_to_each_other_in_order(client):
    conference, author = ConferenceFactory(), UserFactory()
    of_it = {"talk": None, "conference": conference, "author": author, "part_count": 3}
    for number, state in ((3, {}), (1, {}), (2, {"draft": True})):
        slug = f"part-{number}"
        RecapFactory(**of_it, **state, part_number=number, slug=slug, title=f"Day {number}")
    RecapFactory(**{**of_it, "part_count": None}, slug="apart")
    RecapFactory(**{**of_it, "author": UserFactory()}, part_number=1, slug="another-authors")

    response = client.get("/recaps/part-3/")

    html = response.content.decode()
    assert [part.slug for part in response.context["parts"]] == ["part-1", "part-3"]
    assert ("Part 3 of 3" in html, 'href="/recaps/part-1/"' in html) == (True, True)
    assert 'aria-current="page"' in html
    assert list(client.get("/recaps/apart/").context["parts"]) == []


def test_verdict_and_presence_stand_beside_the_abstract_and_the_text(client):
    talk = TalkFactory(title="On tests", conference__title="Conf")
    RecapFactory(talk=talk, verdict="partly", presence="watched", author__public_name="Bo")
    RecapFactory(talk=talk, verdict="something_else", draft=True)

    response = client.get("/conferences/conf/on-tests/")

    html = response.content.decode()
    assert html.count("Partly as announced") == 2
    assert html.count("Watched the recording") == 1
    assert html.count("says <bdi>Bo</bdi>") == 1
    assert html.count("Something else") == 0


def test_a_conferences_recap_names_its_day(client):
    conference = ConferenceFactory(title="Conf")
    about = {"talk": None, "conference": conference, "day": dt.date(2017, 4, 4)}
    RecapFactory(**about, title="The second day")

    for address in ("/recaps/the-second-day/", "/conferences/conf/"):
        assert texts(client.get(address), class_="recap-facts") == ["Tuesday, 4 April"]
