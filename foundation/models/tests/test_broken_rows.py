"""One broken row breaks nothing else: no page, no feed, no search, no sitemap, no admin."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import CharField
from django.http import Http404
from django.template import Context, Template
from django.urls import NoReverseMatch
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from conferences.factories import ConferenceFactory, SeriesFactory
from conferences.models import Conference, Series
from foundation.models.broken_rows import MOST_LEFT_OUT, BrokenRow, SoundQuerySet
from foundation.page_cache.tables import SHOWN
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.states import delete_for_good
from speakers.factories import SpeakerFactory
from speakers.models import Speaker
from talks.factories import TagFactory, TalkFactory
from talks.models import Tag, Talk
from tests.tools.admin_form import errors_of, save
from tests.tools.admin_rows import REGISTRY, ROWS, address
from tests.tools.drawing import a_kept_image
from tests.tools.every_page import WORD, every_page
from tests.tools.moment_fields import lift_bounds, moment_fields, put
from tests.tools.pages import texts

pytestmark = [pytest.mark.django_db, pytest.mark.walks]

# What PostgreSQL can hold and Python cannot, or only just.
VALUES = {
    "year-10000": "10000-01-01",
    "last-year": "9999-12-31",
    "infinity": "infinity",
    "minus-infinity": "-infinity",
    "before-christ": "0044-03-15 BC",
    "first-year": "0001-01-01",
}
# Clocks that are behind UTC, a little ahead, and as far ahead as there are.
ZONES = ["America/New_York", "Europe/Berlin", "Pacific/Kiritimati"]


@pytest.fixture(params=VALUES.values(), ids=VALUES)
def value(request):
    return request.param


@pytest.fixture(params=ZONES)
def _zone(request, settings):
    settings.TIME_ZONE = request.param
    with timezone.override(request.param):
        yield


@pytest.fixture
def bounds_lifted(settings):
    """A database that was restored without its constraints, and a site that serves."""
    settings.BROKEN_ROWS_RAISE = False
    lift_bounds()


def _a_row_beside(model, column):
    """Make one row more of a model of public pages, where the library's pages would show it."""
    talk = Talk.objects.get(slug=WORD)
    speaker = talk.credits.first().speaker
    makers = {
        "accounts.User": lambda: RecapFactory(talk=talk).author,
        "conferences.Conference": lambda: ConferenceFactory(
            series=talk.conference.series, ends_on=None
        ),
        "conferences.Series": lambda: ConferenceFactory(series=SeriesFactory()).series,
        "images.Image": lambda: a_kept_image(UserFactory()),
        "recaps.Recap": lambda: (
            RecapFactory(talk=None, conference=talk.conference)
            if column == "day"  # a talk's recap has none
            else RecapFactory(talk=talk)
        ),
        "speakers.Speaker": lambda: TalkFactory(speakers=[SpeakerFactory()]).credits.get().speaker,
        "talks.Tag": lambda: TalkFactory(tags=[TagFactory()]).tagged.get().tag,
        "talks.Talk": lambda: TalkFactory(conference=talk.conference, speakers=[speaker]),
    }
    return makers[model._meta.label]() if model._meta.label in makers else None


def _break_one_row_for_each_column(value):
    for field in moment_fields():
        if row := _a_row_beside(field.model, field.column):
            both = {"starts_on": value} if field.column == "ends_on" else {}
            put(row, **both, **{field.column: value})


_SEARCHES = ["/search/?q=talk", "/search/?kind=talk", "/search/?year=2017", "/search/?q=recap"]
_STATUSES = {}  # of the pages whose rows are sound, by the zone: asked once


def _statuses(client, pages):
    paths = {**pages, **{path: path for path in _SEARCHES}}
    return {name: client.get(path).status_code for name, path in paths.items()}


@pytest.mark.usefixtures("_zone")
def test_a_broken_row_breaks_no_public_page(client, value, bounds_lifted, settings):
    pages = every_page()
    del pages["image"]  # it asks no row
    if settings.TIME_ZONE not in _STATUSES:
        _STATUSES[settings.TIME_ZONE] = _statuses(client, pages)

    _break_one_row_for_each_column(value)

    assert _statuses(client, pages) == _STATUSES[settings.TIME_ZONE]


# What is left out, and what is not


def _broken(row, **columns):
    put(row, **(columns or {"updated_at": "10000-01-01"}))
    return row


def test_the_others_are_shown_and_the_log_has_the_id_of_what_is_not(client, bounds_lifted, caplog):
    conference = ConferenceFactory()
    RecapFactory(talk=None, conference=conference, title="Sound")
    broken = _broken(RecapFactory(talk=None, conference=conference, title="Broken"))

    for path in ("/", "/archive/2017/", "/archive/2017/04/", conference.get_absolute_url()):
        assert "Sound" in client.get(path).content.decode(), path
        assert "Broken" not in client.get(path).content.decode(), path
    assert f"recaps.Recap {broken.pk}: updated_at is outside the years" in caplog.messages[0]


def test_the_page_of_a_broken_row_is_missing(client, bounds_lifted):
    recap, talk = _broken(RecapFactory()), _broken(TalkFactory(), given_on="infinity")

    assert client.get(recap.get_absolute_url()).status_code == 404
    assert client.get(talk.get_absolute_url()).status_code == 404
    assert talk.slug not in client.get("/sitemap.xml").content.decode()
    assert recap.slug not in client.get("/sitemap.xml").content.decode()


def test_a_broken_talk_leaves_its_recap_and_the_programme_of_others(client, bounds_lifted):
    conference = ConferenceFactory()
    TalkFactory(conference=conference, title="Sound")
    _broken(TalkFactory(conference=conference, title="Odd"), starts_at="infinity")

    page = client.get(conference.get_absolute_url())

    assert "Sound" in page.content.decode()
    assert "Odd" not in page.content.decode()


def test_the_next_row_stands_in_the_place_of_a_broken_one(bounds_lifted):
    recaps = [RecapFactory() for _ in range(6)]
    _broken(recaps[1])
    _broken(recaps[3])

    first = list(Recap.objects.order_by("pk")[:3])
    middle = list(Recap.objects.order_by("pk")[2:5])

    assert first == [recaps[0], recaps[2], recaps[4]]
    assert middle == [recaps[2], recaps[4], recaps[5]]
    assert list(Recap.objects.order_by("pk")) == [recaps[0], recaps[2], recaps[4], recaps[5]]


def test_a_long_list_is_walked_to_its_end_past_broken_rows(client, bounds_lifted):
    talks = [TalkFactory(title=f"T{number:03}") for number in range(120)]
    for number in (3, 50, 51, 52, 100):
        _broken(talks[number], created_at="-infinity")
    path, seen = "/archive/talks/2017/", []
    while path:
        page = client.get(path).context["page"]
        seen += [talk.pk for talk in page]
        path = page.older_url

    assert len(seen) == len(set(seen)) == 115


def test_more_broken_rows_than_an_accident_brings_fail_the_page(bounds_lifted):
    for _ in range(MOST_LEFT_OUT + 1):
        _broken(RecapFactory())

    with pytest.raises(BrokenRow):
        list(Recap.objects.all())


def test_in_tests_a_broken_row_raises(settings, bounds_lifted):
    settings.BROKEN_ROWS_RAISE = True
    _broken(RecapFactory())

    with pytest.raises(BrokenRow):
        list(Recap.objects.all())


@pytest.mark.parametrize("fault", [OperationalError, Http404, PermissionDenied, TypeError])
def test_what_is_no_fault_of_a_value_is_not_caught(monkeypatch, bounds_lifted, fault):
    def fails(*_, **__):
        raise fault

    monkeypatch.setattr("django.db.models.query.ModelIterable.__iter__", fails)

    with pytest.raises(fault):
        list(Recap.objects.all())


def test_a_value_that_no_reading_can_make_sense_of_costs_its_row_alone(monkeypatch, bounds_lifted):
    """Such as a text where the field expects JSON: any field may refuse what it finds."""
    recaps = [RecapFactory() for _ in range(3)]

    def read(field, value, *_):
        if value == recaps[1].slug:
            raise ValueError(value)
        return value

    monkeypatch.setattr(CharField, "from_db_value", read, raising=False)
    assert list(Recap.objects.order_by("pk")) == [recaps[0], recaps[2]]


def test_whoever_locks_rows_gets_all_of_them(bounds_lifted):
    recap = _broken(RecapFactory())

    assert list(Recap.objects.filter(pk=recap.pk).locked()) == [recap]
    assert Recap.objects.also_broken().get() == recap
    assert delete_for_good(Recap.objects.filter(pk=recap.pk)) == 1


def test_an_unknown_zone_is_read_as_utc(client):
    talk = TalkFactory(starts_at=dt.datetime(2017, 4, 3, 9, 30, tzinfo=dt.UTC))
    Conference.objects.update(time_zone="Mars/Phobos")

    assert client.get(talk.conference.get_absolute_url()).status_code == 200
    assert "09:30" in client.get(talk.get_absolute_url()).content.decode()


# Nobody signs in with, tags with or is credited to what pages leave out.
ALWAYS_FOUND = {User, Series, Speaker, Tag}


def test_what_pages_show_with_a_day_or_moment_is_read_through_sound_querysets():
    shown = {field.model for field in moment_fields() if field.model._meta.db_table in SHOWN}

    assert {m for m in shown if isinstance(m._default_manager.all(), SoundQuerySet)} == (
        shown - ALWAYS_FOUND
    )


# The admin opens, mends and deletes any row

BREAKABLE = sorted({field.model._meta.label_lower for field in moment_fields()} & ROWS.keys())


def _columns_of(model):
    """Return the columns to break: not those that need another one, or take a row off the list."""
    fields = [field for field in moment_fields() if field.model is model]
    return [f.column for f in fields if f.column not in ("ends_on", "deleted_at", "day")]


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize("label", BREAKABLE)
@pytest.mark.parametrize("far", ["10000-01-01", "0044-03-15 BC"])
def test_the_admin_lists_opens_and_deletes_a_broken_row(admin_client, bounds_lifted, label, far):
    model, _ = REGISTRY[label]
    row = ROWS[label]()
    if label == "conferences.conference":
        put(row, ends_on=None)
    put(row, **dict.fromkeys(_columns_of(model), far))

    assert admin_client.get("/admin/").status_code == 200
    listed = admin_client.get(address(label, "changelist"))
    assert row.pk in [each.pk for each in listed.context["cl"].result_list]
    assert admin_client.get(address(label, "change", row.pk)).status_code == 200
    assert admin_client.get(address(label, "history", row.pk)).status_code == 200
    deleting = admin_client.get(address(label, "delete", row.pk))
    assert deleting.status_code in (200, 403)
    if deleting.status_code == 200 and not deleting.context["protected"]:
        admin_client.post(address(label, "delete", row.pk), {"post": "yes"})
        assert not model._base_manager.filter(pk=row.pk, **_kept(model)).exists()


def _kept(model):
    """A recap goes to the bin."""
    return {"deleted_at": None} if model is Recap else {}


@pytest.mark.parametrize(
    ("label", "column", "typed"),
    [
        (
            "recaps.recap",
            "published_at",
            {"published_at_0": "2017-04-10", "published_at_1": "12:00"},
        ),
        ("talks.talk", "given_on", {"given_on": "2017-04-03"}),
        ("talks.talk", "starts_at", {"starts_at_0": "2017-04-03", "starts_at_1": "12:00"}),
        ("conferences.conference", "starts_on", {"starts_on": "2017-04-03"}),
        ("accounts.user", "date_joined", {"date_joined_0": "2017-04-03", "date_joined_1": "12:00"}),
    ],
)
def test_the_admin_mends_a_broken_row(admin_client, bounds_lifted, label, column, typed):
    model, _ = REGISTRY[label]
    row = ROWS[label]()
    if label == "conferences.conference":
        put(row, ends_on=None)
    put(row, **{column: "10000-01-01"})

    answer = save(admin_client, address(label, "change", row.pk), **typed)

    assert answer.status_code == 302, errors_of(answer)
    [value] = model._base_manager.filter(pk=row.pk).values_list(column, flat=True)
    assert value.year == 2017


# Where rows are drawn

_DRAWN_IN_A_LOOP = re.compile(r"{% for \w+ in [^%]+ %}(?:<li>)?{% include \"([^\"]+)\"")


def test_every_card_of_a_list_is_drawn_by_itself():
    folder = Path(settings.BASE_DIR) / "templates"
    pages = [path for path in folder.rglob("*.html") if folder / "admin" not in path.parents]
    cards = {name for path in pages for name in _DRAWN_IN_A_LOOP.findall(path.read_text())}

    assert "includes/talk_card.html" in cards
    assert {name for name in cards if "{% row " not in (folder / name).read_text()} == set()


@pytest.mark.parametrize("fault", [ValueError("odd"), OverflowError(), NoReverseMatch()])
def test_a_row_that_cannot_be_drawn_costs_itself_alone(
    client, monkeypatch, bounds_lifted, fault, caplog
):
    sound, odd = TalkFactory(), TalkFactory()
    address_of = Talk.get_absolute_url

    def fails(talk):
        if talk == odd:
            raise fault
        return address_of(talk)

    monkeypatch.setattr(Talk, "get_absolute_url", fails)
    page = client.get("/archive/talks/2017/")

    assert [heading for heading in texts(page, "h3") if heading.startswith("Talk")] == [sound.title]
    assert any(f"talks.Talk {odd.pk}" in message for message in caplog.messages)


@pytest.mark.parametrize("fault", [OperationalError, PermissionDenied, Http404])
def test_drawing_a_row_hides_no_other_fault(bounds_lifted, fault):
    def fails():
        raise fault

    card = Template("{% load broken_rows %}{% row talk %}{{ draw }}{% endrow %}")
    with pytest.raises(fault):
        card.render(Context({"talk": TalkFactory(), "draw": fails}))


def test_in_tests_a_row_that_cannot_be_drawn_raises():
    def fails():
        raise ValueError

    card = Template("{% load broken_rows %}{% row talk %}{{ draw }}{% endrow %}")
    with pytest.raises(ValueError):
        card.render(Context({"talk": TalkFactory(), "draw": fails}))


def test_an_entry_that_cannot_be_drawn_costs_itself_alone(client, monkeypatch, bounds_lifted):
    sound, odd = RecapFactory(), RecapFactory()

    def revised_at(recap):
        return recap.updated_at.replace(year=10_000 if recap == odd else 2017)

    monkeypatch.setattr(Recap, "revised_at", property(revised_at))

    feed = client.get("/feeds/recaps.atom").content.decode()

    assert sound.uid.urn in feed
    assert odd.uid.urn not in feed
