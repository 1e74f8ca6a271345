"""The page of a talk leads with its recaps: what is on the first screen, and what stands beside."""

import pytest

from recaps.factories import RecapFactory
from speakers.factories import SpeakerFactory
from talks.factories import RecordingFactory, TalkFactory, TalkLinkFactory
from tests.tools.accessibility import faults_of

PAGE = "/conferences/conf/tests/"
# The longest title of the library that pyvideo.org keeps.
LONGEST = (
    "How to name your open source Django project after a famous Jazz musician, and concepts"
    " behind Django-Mingus, a project leveraging only reusable apps."
)
SCREENS = {(360, 740): 640, (1440, 900): 600}
ABSTRACT = "What the talk was to be about, at some length. " * 40


def a_talk(*, recaps=1, speakers=1, recordings=1, links=1, title=LONGEST):
    talk = TalkFactory(
        title=title,
        slug="tests",
        conference__title="Conf",
        abstract=ABSTRACT,
        room="Main hall",
        language="en",
        announced={"title": "Another title", "room": "Attic", "abstract": ABSTRACT},
        speakers=[SpeakerFactory(name=f"Wilhelmina Number-{n}") for n in range(speakers)],
    )
    for number in range(recordings):
        RecordingFactory(talk=talk, position=number)
    for _number in range(links):
        TalkLinkFactory(talk=talk)
    for number in range(recaps):
        RecapFactory(talk=talk, body="What was said. " * 300, title=f"Recap {number}")
    return talk


CASES = {
    "longest-title": {},
    "three-recaps": {"recaps": 3},
    "a-panel-of-many": {"speakers": 30, "title": "A panel of many"},
    "many-links": {"links": 9, "recordings": 4, "title": "Lightning talks"},
}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen[0]))
@pytest.mark.parametrize("case", CASES)
def test_the_first_recap_begins_on_the_first_screen(page, site, transactional_db, screen, case):
    a_talk(**CASES[case])
    page.set_viewport_size(dict(zip(("width", "height"), screen, strict=True)))
    page.goto(f"{site}{PAGE}")

    assert page.locator(".recap").first.bounding_box()["y"] < SCREENS[screen]
    assert page.locator(".recap-title").first.bounding_box()["y"] < SCREENS[screen]


@pytest.mark.parametrize("recaps", [1, 2, 3])
def test_the_abstract_stands_beside_the_recaps_on_a_wide_screen(
    page, site, transactional_db, recaps
):
    a_talk(recaps=recaps)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{PAGE}")

    abstract = page.locator(".talk-beside .prose").bounding_box()
    for text in page.locator(".recap .prose").all():
        box = text.bounding_box()
        assert box["x"] + box["width"] < abstract["x"]
    assert abs(abstract["y"] - page.locator(".recap").first.bounding_box()["y"]) < 150
    assert page.get_by_text("Announced in Attic").is_visible()


def test_the_abstract_is_folded_on_a_phone_and_opens_without_scripts(
    browser, site, transactional_db
):
    a_talk()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site}{PAGE}")
    abstract = page.locator(".talk-beside .prose")

    folded = abstract.is_visible()
    page.get_by_text("Abstract and facts, as announced").click()

    assert (folded, abstract.is_visible()) == (False, True)
    assert page.get_by_text("Announced in Attic").is_visible()
    context.close()


def test_speakers_beyond_the_first_unfold(page, site, transactional_db):
    a_talk(speakers=30, title="A panel of many")
    page.goto(f"{site}{PAGE}")
    last = page.get_by_role("link", name="Wilhelmina Number-29")

    folded = last.is_visible()
    page.get_by_text("and 26 more").click()

    assert (folded, last.is_visible()) == (False, True)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen[0]))
def test_a_talk_without_recaps_leads_with_its_abstract(page, site, transactional_db, screen):
    a_talk(recaps=0)
    page.set_viewport_size(dict(zip(("width", "height"), screen, strict=True)))
    page.goto(f"{site}{PAGE}")

    assert page.locator(".announced .prose").bounding_box()["y"] < SCREENS[screen]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("recaps", [0, 3])
def test_page_is_accessible_and_fits(page, site, transactional_db, scheme, width, recaps):
    a_talk(recaps=recaps, speakers=30, links=9)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{PAGE}")
    for folded in page.locator("summary:visible").all():
        folded.click()

    assert faults_of(page, in_colours_alone=scheme == "dark") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
