"""What nothing public has is, at every public address, as what was never made.

All addresses of the site are read from its resolver, and the parameters of each page from what it
declares; so a new page is asked too.
"""

import datetime as dt
import re
from difflib import unified_diff

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import OldAuthorSlug
from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from recaps.models import OldRecapSlug
from speakers.factories import SpeakerFactory
from talks.factories import TagAliasFactory, TagFactory, TalkFactory

pytestmark = pytest.mark.django_db
# One name, and one of the same length that nothing has.
HIDDEN, NEVER = "zxqhidden", "zxqnoneof"
# What stands for the other parts of an address, by the name of its argument.
PUBLIC = {
    "conference_slug": "conf",
    "talk_slug": "talk",
    "first_slug": "testing",
    "second_slug": "testing",
    "year": 2017,
    "month": 4,
}
# Views that no reader is meant to see, and files that no row stands for.
_NOT_PAGES = ("admin/", "health/", "images/")
# The feed of a search is named by a digest of what is asked.
_FEED_ID = re.compile("urn:uuid:[-0-9a-f]{36}")
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
WITHDRAWN = {"draft": True, "published_at": dt.datetime(2017, 5, 1, tzinfo=dt.UTC)}
STATES = {
    "draft": {"draft": True},
    "scheduled": {"scheduled": True},
    "binned": {"binned": True},
    "unsaid": {"draft": True, "deleted_at": timezone.now()},
    "withdrawn": WITHDRAWN,
}


def _name_in(state):
    """Return the name of what is in this state; all are as long as each other."""
    return f"zxq{state:x<6.6}"


def _routes(patterns=None, before=""):
    """Return each public address of the site as written in its list, with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if route.startswith(_NOT_PAGES):
            continue
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


# How a parameter may name something. Reading one does not depend on the state of what it names, so
# the last ones are asked of one state.
ALONE = ("{0}",)
FORMS = (*ALONE, "{0} {0}", "testing {0}", "-{0}")


def _addresses(token, forms=FORMS):
    """Return every address of the site with the token in one place of it."""
    for route, view in _routes():
        arguments = [(kind, name) for kind, name in _ARGUMENT.findall(route)]
        words = [name for kind, name in arguments if kind in {"word", "str"}]
        plain = {name: PUBLIC.get(name, token) for _kind, name in arguments}
        for changed in words:
            yield _filled(route, {**plain, changed: token})
        for parameter in getattr(view, "page_parameters", ()):
            for form in forms:
                said = form.format(token).replace(" ", "+")
                yield f"{_filled(route, plain)}?{parameter}={said}"


def _filled(route, values):
    written = {**values, "month": f"{values.get('month', 4):02d}"}
    return "/" + _ARGUMENT.sub(lambda found: str(written[found[2]]), route)


def _answers(client, token, forms=FORMS):
    """Return what is answered at every address, but for the token."""
    answers = {}
    for address in _addresses(token, forms):
        answer = client.get(address)
        # An ETag is a digest of what else is compared.
        headers = {n: value.replace(token, "…") for n, value in answer.items() if n != "ETag"}
        body = _FEED_ID.sub("urn", answer.getvalue().decode().replace(token, "…"))
        answers[address.replace(token, "…")] = (answer.status_code, headers, body)
    return answers


def _told_apart(shown, wanted):
    """Return the addresses with other answers, each with the lines of them that differ."""
    return {
        address: list(unified_diff(*map(_lines, (wanted[address], shown[address]))))
        for address in shown
        if shown[address] != wanted[address]
    }


def _lines(answer):
    status, headers, body = answer
    return [str(status), *map(str, headers.items()), *body.splitlines()]


@pytest.fixture
def library():
    """A little of everything that is public."""
    conference = ConferenceFactory(title="Conf", series=SeriesFactory(title="Confs"))
    tag = TagFactory(name="testing")
    speaker = SpeakerFactory(name="Eve")
    talk = TalkFactory(conference=conference, title="Talk", speakers=[speaker], tags=[tag])
    RecapFactory(talk=talk, title="Open recap of a talk", author__slug="bo")
    RecapFactory(talk=None, conference=conference, title="Open recap", tags=[tag])
    return conference


def _hide(conference, state, name):
    """Make a recap that readers may not see, and with it everything else of that name."""
    author = UserFactory(public_name=name, slug=name)
    tag = TagFactory(name=name, slug=name)
    said = {"title": name, "slug": name, "summary": name, "body": f"{name} and [[{name}]]"}
    RecapFactory(talk=None, conference=conference, author=author, tags=[tag], **said, **state)


def _hide_under_other_names(conference, state, name):
    """Make such a recap whose old addresses and synonyms alone have the name."""
    author, tag = UserFactory(), TagFactory()
    recap = RecapFactory(talk=None, conference=conference, tags=[tag], author=author, **state)
    OldRecapSlug.objects.create(slug=name, recap=recap)
    OldAuthorSlug.objects.create(slug=name, user=author)
    TagAliasFactory(tag=tag, name=name, slug=name)


@pytest.mark.walks
@pytest.mark.parametrize("hide", [_hide, _hide_under_other_names])
def test_what_only_unpublished_recaps_have_is_as_what_was_never_made(client, library, hide):
    for state, fields in STATES.items():
        hide(library, fields, _name_in(state))
    wanted = _answers(client, NEVER)

    for state in STATES:
        shown = _answers(client, _name_in(state), FORMS if state == "draft" else ALONE)
        assert len(shown) > 50
        assert _told_apart(shown, wanted) == {}, state


@pytest.mark.walks
def test_a_tag_that_nothing_has_is_unknown_too(client, library):
    TagFactory(name=HIDDEN, slug=HIDDEN)

    assert _told_apart(_answers(client, HIDDEN), _answers(client, NEVER)) == {}


@pytest.mark.parametrize("is_about", [True, False])
def test_a_tag_is_known_as_soon_as_a_published_recap_has_it_or_mentions_it(
    client, library, is_about
):
    tag = TagFactory(name=HIDDEN, slug=HIDDEN)
    RecapFactory(
        talk=None,
        conference=library,
        tags=[tag] * is_about,
        body="" if is_about else f"[[{HIDDEN}]]",
    )

    for address in (f"/tags/{HIDDEN}/", f"/tags/{HIDDEN}/feed.atom"):
        assert client.get(address).status_code == 200
    for address in ("/tags/", "/sitemap.xml", f"/search/suggestions/?q={HIDDEN[:5]}"):
        assert HIDDEN in client.get(address).content.decode()


def test_every_argument_of_an_address_is_known_here():
    """A new address names its parts here, so that it is asked."""
    names = {name for route, _view in _routes() for _kind, name in _ARGUMENT.findall(route)}
    kinds = {kind for route, _view in _routes() for kind, _name in _ARGUMENT.findall(route)}

    assert kinds <= {"word", "str", "yyyy", "mm"}
    assert {"tag_slug", "author_slug", "recap_slug", "first_slug"} <= names
    assert len(set(_addresses(HIDDEN))) > 50
