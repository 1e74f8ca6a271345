"""No text from outside makes a page scroll sideways on a phone, whatever page it is on."""

import datetime as dt

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse

from accounts.factories import UserFactory
from conferences.factories import ConferenceFactory, SeriesFactory
from recaps.factories import RecapFactory
from recaps.models import Recap
from recaps.start_texts import start_text
from recaps.writing import write_recap
from speakers.factories import SpeakerAliasFactory, SpeakerFactory
from talks.factories import (
    RecordingFactory,
    TagAliasFactory,
    TagFactory,
    TalkFactory,
    TalkLinkFactory,
)
from tests.browser.test_curating import log_in

WIDTH = 360
WORD = "Donaudampfschifffahrtsgesellschaftskapitaen_" * 4
ADDRESS = f"https://harbour.example/{'deep_down_' * 15}/?{'q' * 90}"
BODY = f"""{WORD}

# {WORD}

[{WORD}]({ADDRESS}) {ADDRESS} `{WORD}` **{WORD}** [[{WORD[:90]}]] [12:34] note[^1]

- {WORD}
    - [ ] {WORD}

1. {WORD}

> {WORD}

| {WORD} | b |
|---|---|
| {WORD} | {WORD} |

```
{WORD}
```

~~~python
{WORD} = 1
~~~

{WORD}
: {WORD}

[^1]: {WORD}
"""
# What is no page of HTML, and what a test without an image file cannot show.
NO_PAGES = {
    *("favicon", "robots", "sitemap", "sitemap-section", "image", "health", "health-ready"),
    *("conference-calendar", "talk-calendar", "search-suggestions"),
}


@pytest.fixture
def long_words(transactional_db, settings, tmp_path):
    """One of everything, each of its texts as long as it may be without a place to break."""
    settings.MEDIA_ROOT = tmp_path
    day = dt.date(2031, 5, 6)
    series = SeriesFactory(title=WORD)
    ends = day + dt.timedelta(days=1)
    facts = {"city": WORD[:100], "country": "PT", "website": ADDRESS, "description": BODY}
    conferences = [
        ConferenceFactory(
            title=f"{number}{WORD}", series=series, starts_on=day, ends_on=ends, **facts
        )
        for number in range(2)
    ]
    speaker = SpeakerFactory(name=WORD[:150], bio=BODY, website=ADDRESS)
    SpeakerAliasFactory(speaker=speaker, name=f"x{WORD[:150]}")
    tags = [TagFactory(name=f"{WORD[:60]}{number}", slug=f"tag-{number}") for number in range(2)]
    TagAliasFactory(tag=tags[0], name=f"x{WORD[:60]}")
    author = UserFactory(public_name=WORD[:150], slug="author")
    for conference in conferences:
        for number, hour in enumerate((9, 9, 10)):
            talk = TalkFactory(
                title=f"{number}{WORD}",
                conference=conference,
                speakers=[speaker],
                tags=tags,
                abstract=BODY,
                room=f"{number}{WORD}",
                track=WORD,
                licence=WORD,
                language="en-Latn-GB-oxendict",
                given_on=day,
                starts_at=dt.datetime(2031, 5, 6, hour, tzinfo=dt.UTC),
                duration=dt.timedelta(minutes=45),
            )
            RecordingFactory(talk=talk, url=ADDRESS, provider="other")
            TalkLinkFactory(talk=talk, url=ADDRESS, label=WORD)
            RecapFactory(
                title=f"{talk.pk}{WORD}", talk=talk, author=author, body=BODY, summary=WORD
            )
        RecapFactory(
            title=f"c{conference.pk}{WORD}",
            talk=None,
            conference=conference,
            author=author,
            body=BODY,
        )
    return talk


def public_pages(talk):
    """Return the address of a page of each type that readers may come to, by its name."""
    day, recap = talk.given_on, talk.recaps.get()
    first, second = sorted(tag.slug for tag in talk.tags.all())
    known = {
        "conference_slug": talk.conference.slug,
        "series_slug": talk.conference.series.slug,
        "talk_slug": talk.slug,
        "tag_slug": first,
        "first_slug": first,
        "second_slug": second,
        "speaker_slug": talk.speakers.get().slug,
        "recap_slug": recap.slug,
        "author_slug": recap.author.slug,
        "year": day.year,
        "month": day.month,
    }
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    found = {}
    for name in names - NO_PAGES:
        if not name.endswith("-feed"):
            _possibilities, pattern, *_rest = get_resolver().reverse_dict.getlist(name)[0]
            given = [part for part in known if f"(?P<{part}>" in pattern]
            found[name] = reverse(name, kwargs={part: known[part] for part in given})
    published = recap.published_at
    found["archive-year"] = reverse("archive-year", args=[published.year])
    found["archive-month"] = reverse("archive-month", args=[published.year, published.month])
    found |= {f"search for {q[:9]}": f"/search/?q={q}" for q in (WORD, "Donau", f'"{WORD}" x')}
    found["not found"] = f"/conferences/{WORD}/"
    return found


def admin_pages():
    """Return the addresses of the admin's pages: all lists, and the forms of one row of each."""
    found = {"index": reverse("admin:index")}
    for model in admin.site._registry:
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        kinds = {"changelist": [], "add": []}
        if row:
            kinds |= {kind: [row.pk] for kind in ("change", "history", "delete")}
        for kind, args in kinds.items():
            found[f"{model._meta.label} {kind}"] = reverse(f"{label}_{kind}", args=args)
    recap = Recap.objects.order_by("pk")[0]
    found["versions"] = reverse("admin:recaps_recap_versions", args=[recap.pk])
    found["bin"] = reverse("admin:recaps_recap_bin")
    found["add recap"] = f"{reverse('admin:recaps_recap_add')}?talk={recap.talk_id}"
    return found


# How far a page reaches, and what of it reaches beyond the screen.
REACH = """() => {
    const scrolls = (box) => /auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX);
    const isApart = (one) => {
        for (let box = one.parentElement; box !== document.body; box = box.parentElement)
            if (scrolls(box)) return true;
        return false;
    };
    const reaches = (one) => one.getBoundingClientRect().right > innerWidth + 1;
    const all = [...document.querySelectorAll("body *")];
    const far = all.filter((one) => reaches(one) && !isApart(one));
    const name = (one) => `${one.tagName.toLowerCase()}.${one.className}`;
    return [document.scrollingElement.scrollWidth, [...new Set(far.map(name))].slice(0, 12)];
}"""


def too_wide(page, site, addresses):
    """Return what reaches beyond the screen, by the page's name."""
    page.set_viewport_size({"width": WIDTH, "height": 640})
    found = {}
    for name, address in addresses.items():
        answer = page.goto(f"{site}{address}")
        assert answer.status in (200, 403, 404), (name, answer.status)
        reach, names = page.evaluate(REACH)
        if reach > WIDTH:
            found[name] = (reach, names)
    return found


def test_no_public_page_scrolls_sideways(page, site, long_words):
    pages = public_pages(long_words)

    assert len(pages) > 20
    assert too_wide(page, site, pages) == {}


def test_no_page_of_the_admin_scrolls_sideways(page, site, long_words):
    log_in(page, site)
    recap = Recap.objects.order_by("pk")[0]
    recap.body = start_text("talk") + BODY
    write_recap(recap)

    assert too_wide(page, site, admin_pages()) == {}
