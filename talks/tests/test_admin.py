"""Talks and tags in the admin: lists, filters, forms."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory
from recaps.factories import RecapFactory
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import (
    RecordingFactory,
    TagAliasFactory,
    TagFactory,
    TalkFactory,
    TalkLinkFactory,
)
from talks.models import OldTalkSlug, Tag, TagAlias, TaggedTalk, Talk
from talks.tests.admin_form import errors_of, fields_of, save

pytestmark = pytest.mark.django_db

LIST = "/admin/talks/talk/"
ADD = "/admin/talks/talk/add/"


def change(talk):
    return f"/admin/talks/talk/{talk.pk}/change/"


def listed(client, query=""):
    """Return the titles that the list shows, in its order."""
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [talk.title for talk in response.context_data["cl"].result_list]


def test_list_shows_who_where_when_and_tags(admin_client):
    speakers = [SpeakerFactory(name=name) for name in ("Bea", "Ada", "Cid", "Dan", "Eve")]
    TalkFactory(
        title="Shown",
        conference__title="Harbour",
        speakers=speakers,
        tags=[TagFactory(name="b"), TagFactory(name="A")],
        is_cancelled=True,
    )

    text = admin_client.get(LIST).content.decode()

    for shown in ("Shown", "Harbour", "Bea, Ada, Cid, 2 more", "A, b", "3 April 2017", "cancelled"):
        assert f">{shown}<" in text


def test_list_is_newest_first_with_undated_last(admin_client):
    TalkFactory(title="undated", undated=True)
    TalkFactory(title="old", given_on=dt.date(2010, 1, 1))
    TalkFactory(title="new", given_on=dt.date(2020, 1, 1))

    assert listed(admin_client) == ["new", "old", "undated"]


@pytest.mark.parametrize("page", ["change", "list"])
@pytest.mark.parametrize("row_count", [1, 3])
def test_pages_ask_nothing_for_each_row(admin_client, django_assert_num_queries, page, row_count):
    talk = TalkFactory(speakers=[SpeakerFactory() for _ in range(row_count)])
    for _ in range(row_count):
        RecordingFactory(talk=talk)
        TalkLinkFactory(talk=talk)
        TaggedTalk.objects.create(content_object=talk, tag=TagFactory())
        OldTalkSlug.objects.create(
            conference=ConferenceFactory(), slug=f"s{talk.old_slugs.count()}", talk=talk
        )
    for _ in range(row_count - 1):
        TalkFactory(speakers=[SpeakerFactory()], tags=[TagFactory()])

    with django_assert_num_queries({"change": 8, "list": 8}[page]):
        admin_client.get({"change": change(talk), "list": LIST}[page])


@pytest.fixture
def library():
    """Three talks that differ in everything a filter knows."""
    ada, tag = SpeakerFactory(name="Ada Okafor"), TagFactory(name="async")
    harbour = ConferenceFactory(title="Harbour 2017", slug="harbour")
    first = TalkFactory(title="First", conference=harbour, speakers=[ada], tags=[tag])
    RecapFactory(talk=first, draft=True)
    RecordingFactory(talk=first)
    second = TalkFactory(title="Second", tags=[tag, TagFactory()], kind="keynote", undated=True)
    third = TalkFactory(title="Third", speakers=[ada, SpeakerFactory()], is_cancelled=True)
    return {
        "ada": ada.pk,
        "tag": tag.pk,
        "harbour": harbour.pk,
        "pk": (first.pk, second.pk, third.pk),
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("?conference__id__exact={harbour}", {"First"}, id="conference"),
        pytest.param("?conference={harbour}", {"First"}, id="conference-plainly"),
        pytest.param("?conference__named=harb", {"First"}, id="conference-by-name"),
        pytest.param("?speakers__id__exact={ada}", {"First", "Third"}, id="speaker"),
        pytest.param("?speakers__named=okaf", {"First", "Third"}, id="speaker-by-name"),
        pytest.param("?tags__id__exact={tag}", {"First", "Second"}, id="tag"),
        pytest.param("?tags__named=asy", {"First", "Second"}, id="tag-by-name"),
        pytest.param("?tags__named=nothing", set(), id="tag-by-unknown-name"),
        pytest.param("?tags__named=", {"First", "Second", "Third"}, id="no-name"),
        pytest.param("?tags__id__exact={tag}&speakers__id__exact={ada}", {"First"}, id="two"),
        pytest.param("?kind__exact=keynote", {"Second"}, id="kind"),
        pytest.param("?is_cancelled__exact=1", {"Third"}, id="cancelled"),
        pytest.param("?without=recaps", {"Second", "Third"}, id="without-recap"),
        pytest.param("?without=tagged", {"Third"}, id="without-tag"),
        pytest.param("?without=credits", {"Second"}, id="without-speaker"),
        pytest.param("?without=recordings", {"Second", "Third"}, id="without-recording"),
        pytest.param("?without=day", {"Second"}, id="without-day"),
        pytest.param("?without=talk", {"First", "Second", "Third"}, id="without-nonsense"),
        pytest.param("?given_on__year=2017", {"First", "Third"}, id="year"),
        pytest.param("?q=okafor", {"First", "Third"}, id="search-speaker"),
        pytest.param("?q=FIRST+ada", {"First"}, id="search-title-and-speaker"),
        pytest.param('?q="ada+okafor"', {"First", "Third"}, id="search-phrase"),
        pytest.param("?q=%25", set(), id="search-wildcard-means-itself"),
        pytest.param("?q=%22", {"First", "Second", "Third"}, id="search-lone-quote"),
    ],
)
def test_filters_and_search(admin_client, library, query, titles):
    shown = listed(admin_client, query.format(**library))

    assert (set(shown), len(shown)) == (titles, len(titles))


def test_filter_shows_what_is_chosen_and_keeps_the_rest(admin_client, library):
    query = f"?conference__id__exact={library['harbour']}&q=first&kind__exact=talk&p=1"

    text = admin_client.get(LIST + query).content.decode()

    assert text.count(">Harbour 2017</option>") == 1
    form = text.split('class="related-filter"')[2].split("</form>")[0]
    assert 'name="q" value="first"' in form
    assert f'name="conference__id__exact" value="{library["harbour"]}"' in form
    assert 'name="p"' not in form


def test_filters_are_no_list_of_hundreds(admin_client):
    for number in range(30):
        ConferenceFactory(title=f"Unlisted {number}")
    TalkFactory(speakers=[SpeakerFactory(name="Unlisted Speaker")], tags=[TagFactory()])

    filters = admin_client.get(LIST).content.decode().split('id="changelist-filter"')[1]

    assert "Unlisted" not in filters


def test_filters_are_for_those_who_may_see_what_they_list(client, library):
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk", "talks.view_tag"]))

    response = client.get(LIST)

    fields = [
        getattr(spec, "field_name", None) for spec in response.context_data["cl"].filter_specs
    ]
    assert fields == ["tags", None, None, None]


# Forms


def test_a_talk_is_added_with_all_that_belongs_to_it(admin_client):
    conference, speaker = ConferenceFactory(), SpeakerFactory()

    response = save(
        admin_client,
        ADD,
        title="Tests: why?",
        conference=conference.pk,
        tags="Async, machine learning,async",
        given_on="2017-04-03",
        duration="00:45:00",
        **{
            "credits-0-speaker": speaker.pk,
            "recordings-TOTAL_FORMS": 1,
            "recordings-0-url": "https://video.example/1",
            "recordings-0-provider": "file",
            "recordings-0-offset_seconds": "0",
            "recordings-0-position": "0",
            "links-TOTAL_FORMS": 1,
            "links-0-url": "https://slides.example/1",
            "links-0-kind": "slides",
        },
    )

    assert response.status_code == 302, errors_of(response)
    talk = Talk.objects.get()
    assert (talk.slug, talk.duration) == ("tests-why", dt.timedelta(minutes=45))
    assert [(credit.position, credit.speaker) for credit in talk.credits.all()] == [(0, speaker)]
    assert {tag.name for tag in talk.tags.all()} == {"Async", "machine learning"}
    assert {item.added_by.username for item in talk.tagged.all()} == {"admin"}
    assert talk.recordings.get().url == "https://video.example/1"
    assert talk.links.get().kind == "slides"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("Taken", "taken-2", id="taken"),
        pytest.param("Elsewhere", "elsewhere", id="taken-at-another-conference"),
        pytest.param("Speakers", "speakers-talk", id="one-of-our-own-addresses"),
        pytest.param("---", "talk", id="nothing-left"),
        pytest.param("日本語", "日本語", id="japanese"),
        pytest.param("🐍", "snake", id="emoji"),
        pytest.param("x" * 300, "x" * 120, id="long"),
    ],
)
def test_an_empty_address_is_made_from_the_title(admin_client, title, slug):
    conference = TalkFactory(title="Taken").conference
    TalkFactory(title="Elsewhere")

    save(admin_client, ADD, title=title, conference=conference.pk, slug="")

    assert conference.talks.latest("pk").slug == slug


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"slug": "Not An Address"},
            {
                "slug": [
                    "Use lower-case letters of any script, digits, hyphens and underscores only."
                ]
            },
            id="address-with-spaces",
        ),
        pytest.param(
            {"slug": "tags"},
            {"__all__": ["This address (slug) is one of the site's own pages."]},
            id="reserved-address",
        ),
        pytest.param(
            {"slug": "taken"},
            {"__all__": ["The conference has a talk with this address already."]},
            id="taken-address",
        ),
        pytest.param(
            {"title": "\u200b"}, {"title": ["This field is required."]}, id="invisible-title"
        ),
        pytest.param(
            {"conference": ""}, {"conference": ["This field is required."]}, id="no-conference"
        ),
        pytest.param(
            {"starts_at_0": "2017-04-03", "starts_at_1": "10:00", "given_on": ""},
            {"__all__": ["A talk with a start needs the day of the programme."]},
            id="start-without-day",
        ),
        pytest.param(
            {"starts_at_0": "2017-04-03", "starts_at_1": ""},
            {"starts_at": ["Enter a valid time."]},
            id="half-a-start",
        ),
        pytest.param(
            {"duration": "25:00:00"},
            {"__all__": ["A talk lasts longer than nothing and at most 24 hours."]},
            id="long-duration",
        ),
        pytest.param(
            {"tags": "x" * 101},
            {"tags": [f"A tag has at most 100 characters: {'x' * 101}"]},
            id="long-tag",
        ),
        pytest.param(
            {
                "recordings-TOTAL_FORMS": 1,
                "recordings-0-url": "javascript:alert(1)",
                "recordings-0-provider": "other",
                "recordings-0-offset_seconds": "0",
                "recordings-0-position": "0",
            },
            {
                "recordings-0-url": ["Give a whole address that starts with http:// or https://."],
                "recordings-0-__all__": ["A recording's address starts with http:// or https://."],
            },
            id="script-as-address",
        ),
    ],
)
def test_what_the_form_refuses(admin_client, fields, errors):
    conference = TalkFactory(slug="taken").conference

    response = save(admin_client, ADD, **{"title": "T", "conference": conference.pk, **fields})

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert Talk.objects.count() == 1


def test_a_changed_address_and_conference_go_on_working(admin_client):
    talk = TalkFactory(slug="old", conference__slug="here")
    there = ConferenceFactory(slug="there")

    save(admin_client, change(talk), slug="newer")
    save(admin_client, change(talk), conference=there.pk)

    talk.refresh_from_db()
    assert (talk.conference, talk.slug) == (there, "newer")
    assert set(talk.old_slugs.values_list("conference__slug", "slug")) == {
        ("here", "old"),
        ("here", "newer"),
    }


def test_an_emptied_address_is_made_anew_and_stays_where_it_fits(admin_client):
    talk = TalkFactory(title="Fits", slug="fits")

    save(admin_client, change(talk), slug="")

    assert (Talk.objects.get().slug, OldTalkSlug.objects.count()) == ("fits", 0)


def test_saving_a_form_as_it_is_changes_nothing(admin_client):
    talk = TalkFactory(
        speakers=[SpeakerFactory(), SpeakerFactory()],
        tags=[TagFactory(name="C++")],
        conference__time_zone="Asia/Kolkata",
        starts_at=dt.datetime(2017, 4, 3, 4, 15, tzinfo=dt.UTC),
        duration=dt.timedelta(minutes=30),
    )
    RecordingFactory(talk=talk)
    before = Talk.objects.values().get()
    tagged = list(talk.tagged.values())

    assert save(admin_client, change(talk)).status_code == 302

    assert Talk.objects.values().get() == before
    assert list(talk.tagged.values()) == tagged
    history = admin_client.get(f"/admin/talks/talk/{talk.pk}/history/").content.decode()
    assert "No fields changed." in history


@pytest.mark.parametrize(
    ("zone", "typed", "stored"),
    [
        pytest.param("Asia/Kolkata", "10:00", dt.datetime(2017, 4, 3, 4, 30), id="named"),
        pytest.param("-03:30", "10:00", dt.datetime(2017, 4, 3, 13, 30), id="offset"),
        pytest.param("", "10:00", dt.datetime(2017, 4, 3, 10, 0), id="unknown-is-utc"),
        pytest.param("Europe/Lisbon", "10:00", dt.datetime(2017, 4, 3, 9, 0), id="summer-time"),
    ],
)
def test_a_start_is_by_the_clock_of_the_conference(admin_client, settings, zone, typed, stored):
    settings.TIME_ZONE = "Europe/Berlin"
    conference = ConferenceFactory(time_zone=zone)

    save(
        admin_client,
        ADD,
        title="T",
        conference=conference.pk,
        given_on="2017-04-03",
        starts_at_0="2017-04-03",
        starts_at_1=typed,
    )

    talk = Talk.objects.get()
    shown = fields_of(admin_client.get(change(talk)))
    assert talk.starts_at == stored.replace(tzinfo=dt.UTC)
    assert (shown["starts_at_0"], shown["starts_at_1"]) == ("2017-04-03", "10:00:00")


def test_two_speakers_change_places_in_one_save(admin_client):
    first, second = SpeakerFactory(name="First"), SpeakerFactory(name="Second")
    talk = TalkFactory(speakers=[first, second])

    response = save(
        admin_client, change(talk), **{"credits-0-position": 1, "credits-1-position": 0}
    )

    assert response.status_code == 302, errors_of(response)
    assert [credit.speaker for credit in talk.credits.all()] == [second, first]


def test_a_speaker_without_a_place_comes_last(admin_client):
    talk = TalkFactory(speakers=[SpeakerFactory(), SpeakerFactory()])
    third = SpeakerFactory()

    save(admin_client, change(talk), **{"credits-2-speaker": third.pk})

    assert list(talk.credits.values_list("position", "speaker"))[-1] == (2, third.pk)


def test_a_speaker_is_taken_out(admin_client):
    first, second = SpeakerFactory(), SpeakerFactory()
    talk = TalkFactory(speakers=[first, second])

    save(admin_client, change(talk), **{"credits-0-DELETE": "on", "credits-1-position": 0})

    assert list(talk.credits.values_list("position", "speaker")) == [(0, second.pk)]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"credits-1-position": 0},
            {"credits": ["Two speakers have the same place."]},
            id="same-place",
        ),
        pytest.param(
            {"credits-1-speaker": "first"},
            {
                "credits": [
                    "Please correct the duplicate data for talk and speaker, which must be unique."
                ],
                "credits-1-__all__": [
                    "This person is among the speakers already.",
                    "Please correct the duplicate values below.",
                ],
            },
            id="same-person",
        ),
        pytest.param(
            {"credits-1-position": -1},
            {"credits-1-position": ["Ensure this value is greater than or equal to 0."]},
            id="negative-place",
        ),
        pytest.param(
            {"credits-1-speaker": "999999"},
            {
                "credits-1-speaker": [
                    "Select a valid choice. That choice is not one of the available choices."
                ]
            },
            id="no-such-person",
        ),
    ],
)
def test_what_the_speakers_of_a_talk_refuse(admin_client, fields, errors):
    first, second = SpeakerFactory(), SpeakerFactory()
    talk = TalkFactory(speakers=[first, second])
    fields = {name: first.pk if value == "first" else value for name, value in fields.items()}

    response = save(admin_client, change(talk), **fields)

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert list(talk.credits.values_list("position", "speaker")) == [(0, first.pk), (1, second.pk)]


def test_new_tags_in_a_form_need_the_permission_to_add_tags(client):
    talk = TalkFactory(tags=[TagFactory(name="async")])
    TagAliasFactory(tag=TagFactory(name="PostgreSQL"), name="postgres")
    client.force_login(
        UserFactory(staff=True, permissions=["talks.view_talk", "talks.change_talk"])
    )

    refused = save(client, change(talk), tags="async, brand new")
    accepted = save(client, change(talk), tags="Async, Postgres")

    assert errors_of(refused) == {
        "tags": ["There is no tag “brand new”, and new ones cannot be made here."]
    }
    assert accepted.status_code == 302
    assert {tag.name for tag in talk.tags.all()} == {"async", "PostgreSQL"}


def test_who_may_only_look_cannot_save(client):
    talk = TalkFactory(title="Kept", tags=[TagFactory(name="async")])
    client.force_login(UserFactory(staff=True, permissions=["talks.view_talk"]))

    page = client.get(change(talk))
    status = client.post(change(talk), {"title": "Lost", "tags": ""}).status_code

    assert (page.status_code, status) == (200, 403)
    assert "async" in page.content.decode()
    assert (Talk.objects.get().title, TaggedTalk.objects.count()) == ("Kept", 1)


def test_who_lost_the_right_is_refused_at_the_next_request(client):
    talk = TalkFactory()
    curator = UserFactory(superuser=True)
    client.force_login(curator)
    assert client.get(change(talk)).status_code == 200

    curator.is_active = False
    curator.save()

    assert client.get(change(talk)).status_code == 302


# Tags


def test_tags_are_listed_by_use_and_found_by_synonym(admin_client):
    rare, common = TagFactory(name="a rare one"), TagFactory(name="JavaScript")
    TagAliasFactory(tag=common, name="js")
    TagAliasFactory(tag=common, name="jscript")
    TalkFactory(tags=[common])

    def tags(query=""):
        return list(admin_client.get(f"/admin/talks/tag/{query}").context_data["cl"].result_list)

    assert tags() == [common, rare]
    assert tags("?q=js") == [common]
    assert tags("?o=1") == [common, rare]
    assert tags("?o=-2.1") == [common, rare]


def test_a_tag_gets_its_address_and_synonyms(admin_client):
    save(
        admin_client,
        "/admin/talks/tag/add/",
        name="C++",
        **{"aliases-TOTAL_FORMS": 2, "aliases-0-name": "cpp", "aliases-1-name": "c plus plus"},
    )

    tag = Tag.objects.get()
    assert (tag.slug, {alias.name for alias in tag.aliases.all()}) == (
        "cpp",
        {"cpp", "c plus plus"},
    )


def test_a_renamed_tag_keeps_its_name_and_address(admin_client):
    tag = TagFactory(name="js", slug="js")

    save(admin_client, f"/admin/talks/tag/{tag.pk}/change/", name="JavaScript", slug="")

    tag.refresh_from_db()
    assert (tag.name, tag.key, tag.slug) == ("JavaScript", "javascript", "javascript")
    assert list(TagAlias.objects.values_list("name", "slug")) == [("js", "js")]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param(
            {"name": "ASYNC"},
            {"name": ["Another one has this name already."]},
            id="other-spelling-of-a-tag",
        ),
        pytest.param(
            {"name": "a, b"},
            {"__all__": ["A comma separates tags, so a tag cannot hold one."]},
            id="comma",
        ),
        pytest.param(
            {"name": "\u200d"},
            {"__all__": ["A tag needs a name with at least one visible sign."]},
            id="invisible",
        ),
        pytest.param(
            {"name": "new", "aliases-0-name": "Other"},
            {"aliases-0-name": ["Another one has this name already."]},
            id="synonym-of-another-tag",
        ),
        pytest.param(
            {"name": "new", "aliases-TOTAL_FORMS": 2, "aliases-0-name": "x", "aliases-1-name": "X"},
            {"aliases-1-name": ["This name is given twice."]},
            id="synonym-twice",
        ),
    ],
)
def test_what_a_tags_form_refuses(admin_client, fields, errors):
    TagFactory(name="async")
    TagAliasFactory(name="other", tag=Tag.objects.get())

    response = save(admin_client, "/admin/talks/tag/add/", **fields)

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert Tag.objects.count() == 1


def test_choices_of_tags_are_found_by_synonym(admin_client):
    SpeakerAliasFactory()
    TagAliasFactory(tag=TagFactory(name="JavaScript"), name="ecma")
    search = "/admin/autocomplete/?app_label=talks&model_name=taggedtalk&field_name=tag&term="

    found = admin_client.get(f"{search}ECMA").json()["results"]

    assert [choice["text"] for choice in found] == ["JavaScript"]
