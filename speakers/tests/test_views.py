"""The A–Z list of speakers, and one person's page."""

import datetime as dt

import pytest

from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from speakers.models import Speaker
from talks.factories import TagFactory, TalkFactory
from tests.tools.pages import targets, texts

pytestmark = pytest.mark.django_db


def _names(response):
    return [speaker.name for speaker in response.context["page"]]


def test_everybody_stands_under_their_letter_with_the_number_of_their_talks(client):
    ada, zoe = SpeakerFactory(name="ada"), SpeakerFactory(name="Zoë")
    SpeakerFactory(name="Åsa")
    TalkFactory(speakers=[ada, zoe])
    TalkFactory(speakers=[ada])

    response = client.get("/speakers/")

    assert response.context["letters"] == [("A", 2), ("Z", 1)]
    shown = [(person.name, person.letter, person.talk_count) for person in response.context["page"]]
    assert shown == [("ada", "A", 2), ("Åsa", "A", 0), ("Zoë", "Z", 1)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("letter=A", ["Ada", "Åsa"], id="latin"),
        pytest.param("letter=%23", ["404 Not Found"], id="no-letter"),
        pytest.param("letter=%E6%BC%A2", ["山田太郎"], id="shared-heading"),
        pytest.param("letter=", ["404 Not Found", "Ada", "Åsa", "山田太郎"], id="empty"),
    ],
)
def test_a_letter_lists_those_under_it(client, query, names):
    for number, name in enumerate(["Åsa", "Ada", "404 Not Found", "山田太郎"]):
        SpeakerFactory(name=name, slug=f"s{number}")

    assert _names(client.get(f"/speakers/?{query}")) == names


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("letter=B", id="nobody"),
        pytest.param("letter=a", id="small-letter"),
        pytest.param("letter=AB", id="two-letters"),
        pytest.param("letter=%F0%9F%90%8D", id="emoji"),
        pytest.param("letter=<script>", id="markup"),
        pytest.param("after=A~ada", id="short-cursor"),
        pytest.param("letter=A&after=1", id="bad-cursor"),
    ],
)
def test_an_odd_letter_or_cursor_is_not_found(client, query):
    SpeakerFactory(name="Ada")

    assert client.get(f"/speakers/?{query}").status_code == 404


def test_an_empty_library_says_that_nobody_is_there(client):
    response = client.get("/speakers/")

    assert response.status_code == 200
    assert "There is nobody here." in response.content.decode()


def test_walking_all_pages_meets_everybody_once(client):
    letters = "AMZ"
    Speaker.objects.bulk_create(
        Speaker(name=f"{letters[n % 3]} {n % 7}", slug=f"s{n}") for n in range(320)
    )
    address, met = "/speakers/", []

    while address:
        page = client.get(address).context["page"]
        met += [speaker.pk for speaker in page]
        address = page.older_url

    in_order = Speaker.objects.order_by("letter", "sort_key", "id").values_list("pk", flat=True)
    assert met == list(in_order)


def test_pages_of_a_letter_stay_under_it(client):
    Speaker.objects.bulk_create(
        Speaker(name=f"{letter}da", slug=f"{letter}{n}".lower())
        for letter in "AB"
        for n in range(160)
    )

    first = client.get("/speakers/?letter=A").context["page"]
    second = client.get(first.older_url).context["page"]

    assert {speaker.letter for speaker in [*first, *second]} == {"A"}
    assert (len(first) + len(second), second.older_url) == (160, "")


def test_a_person_has_their_talks_by_year_and_what_is_known_of_them(client):
    ada = SpeakerFactory(name="Ada", website="https://ada.example/", bio="Wrote notes.\n\nOften.")
    SpeakerAliasFactory(speaker=ada, name="A. Lovelace")
    SpeakerAliasFactory(speaker=ada, name="ADA", slug="countess")
    conference = ConferenceFactory()
    TalkFactory(title="Old", given_on=dt.date(2015, 1, 1), speakers=[ada], conference=conference)
    TalkFactory(title="Recent", given_on=dt.date(2017, 4, 3), speakers=[ada], conference=conference)
    TalkFactory(title="Undated", undated=True, speakers=[ada], conference=conference)
    TalkFactory(title="Of another person", speakers=[SpeakerFactory()], conference=conference)

    response = client.get("/speakers/ada/")

    html = response.content.decode()
    assert [talk.title for talk in response.context["page"]] == ["Recent", "Old", "Undated"]
    assert response.context["speaker"].other_names == ["A. Lovelace"]
    for said in ("2015–2017", 'href="https://ada.example/"', "<p>Wrote notes.</p>", "No date"):
        assert html.count(said) == 1, said


def test_a_person_has_the_tags_they_speak_about_the_most_used_first(client):
    ada = SpeakerFactory(name="Ada")
    orm, testing, other = (TagFactory(name=name) for name in ("orm", "testing", "other"))
    TalkFactory(speakers=[ada], tags=[orm, testing])
    TalkFactory(speakers=[ada], tags=[testing])
    TalkFactory(tags=[other, orm])

    response = client.get("/speakers/ada/")

    assert texts(response, "li", inside="named")[:2] == ["testing 2 talks", "orm 1 talk"]


def test_a_person_has_their_years_and_where_they_spoke(client):
    ada, series = SpeakerFactory(name="Ada"), SeriesFactory(title="Harbour")
    edition = ConferenceFactory(series=series, title="Harbour 2015")
    alone = ConferenceFactory(title="Lone Conf")
    first = TalkFactory(speakers=[ada], conference=edition, given_on=dt.date(2015, 5, 1))
    TalkFactory(speakers=[ada], conference=edition, given_on=dt.date(2015, 5, 1))
    TalkFactory(speakers=[ada], conference=alone, given_on=dt.date(2017, 5, 1))
    TalkFactory(given_on=dt.date(2016, 5, 1))
    RecapFactory(talk=first, published_at=dt.datetime(2016, 1, 1, tzinfo=dt.UTC))
    RecapFactory(talk=first, draft=True)
    RecapFactory(talk=first, scheduled=True)

    response = client.get("/speakers/ada/")

    assert texts(response, "li", inside="named") == ["Harbour 2 talks", "Lone Conf 1 talk"]
    assert targets(response, inside="named") == ["/series/harbour/", "/conferences/lone-conf/"]
    assert texts(response, "td", inside="tallies") == ["1", "0", "0", "1", "2", "0"]
    assert texts(response, class_="figures") == ["3 talks 2 conferences 2015–2017"]


def test_a_person_has_the_published_recaps_of_their_talks(client):
    ada = SpeakerFactory(name="Ada")
    talk = TalkFactory(speakers=[ada])
    RecapFactory(talk=talk, title="Published")
    RecapFactory(talk=talk, title="Secret draft", draft=True)
    RecapFactory(talk=talk, title="Secret plan", scheduled=True)
    RecapFactory(title="Of another talk")

    response = client.get("/speakers/ada/")

    assert [recap.title for recap in response.context["recaps"]] == ["Published"]
    assert [talk.recap_count for talk in response.context["page"]] == [1]
    assert "Secret" not in response.content.decode()


def test_a_website_that_is_no_web_address_is_no_link(client):
    SpeakerFactory(name="Ada")
    Speaker.objects.update(website="javascript:alert(1)")

    assert "javascript:" not in client.get("/speakers/ada/").content.decode()


def test_hostile_names_are_shown_as_text(client):
    speaker = SpeakerFactory(
        name="<script>alert(1)</script>", slug="x", bio="<img src=x onerror=y>"
    )
    SpeakerAliasFactory(speaker=speaker, name="<svg onload=z>")

    html = client.get("/speakers/x/").content.decode() + client.get("/speakers/").content.decode()

    assert [html.count(tag) for tag in ("<script", "<img", "<svg")] == [0, 0, 0]


def test_a_person_without_talks_has_a_page_that_says_so(client):
    SpeakerFactory(name="Ada")

    response = client.get("/speakers/ada/")

    assert response.status_code == 200
    assert "No talk is known of this person." in response.content.decode()


def test_an_old_address_leads_to_the_new_one(client):
    SpeakerAliasFactory(speaker__name="Ada", name="Countess", slug="countess")

    response = client.get("/speakers/countess/")

    assert (response.status_code, response.headers["Location"]) == (301, "/speakers/ada/")


def test_an_unknown_person_is_not_found(client):
    SpeakerAliasFactory(speaker__name="Ada", name="Countess")

    assert client.get("/speakers/countess/").status_code == 404


def test_pages_are_only_read(client):
    SpeakerFactory(name="Ada")

    assert [client.post(path).status_code for path in ("/speakers/", "/speakers/ada/")] == [405] * 2


@pytest.mark.parametrize("speaker_count", [1, 3])
@pytest.mark.parametrize("address", ["/speakers/", "/speakers/?letter=S"])
def test_the_list_runs_two_queries(client, django_assert_num_queries, address, speaker_count):
    for _ in range(speaker_count):
        TalkFactory(speakers=[SpeakerFactory()])

    with django_assert_num_queries(2):
        response = client.get(address)

    assert len(response.context["page"]) == speaker_count


@pytest.mark.parametrize("talk_count", [1, 3])
def test_a_persons_page_runs_ten_queries(client, django_assert_num_queries, talk_count):
    ada = SpeakerFactory(name="Ada")
    for number in range(talk_count):
        SpeakerAliasFactory(speaker=ada)
        talk = TalkFactory(speakers=[ada, SpeakerFactory()], tags=[TagFactory()])
        RecapFactory(talk=talk, title=f"Recap {number}")

    with django_assert_num_queries(10):
        response = client.get("/speakers/ada/")

    assert len(response.context["page"]) == talk_count
