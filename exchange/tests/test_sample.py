import json
import shutil

import pytest
from django.core.management import call_command

from accounts.models import User
from conferences.models import Conference, Series
from exchange.sample.loading import SAMPLE_LIBRARY, load_sample_library
from exchange.tests.folders import import_pyvideo, video, write_event
from exchange.tests.snapshots import all_rows
from recaps.models import Recap
from talks.models import Talk

pytestmark = pytest.mark.django_db

RECAP = """---
title: Two days among trees
event: treecon-2017
published_at: 2017-05-01T12:00:00+02:00
tags: gardening, travel: by train
summary: What we brought home: seeds.
---

# Moss

Text with a line of three dashes.

---

The end.
"""


@pytest.fixture
def sample(tmp_path):
    """A small sample library."""
    write_event(tmp_path / "pyvideo", {"bonsai": video()})
    write_event(tmp_path / "pyvideo", {"moss": video()}, name="leafcon")
    facts = {
        "series": "TreeCon",
        "city": "Turku",
        "country": "FI",
        "time_zone": "Europe/Helsinki",
        "starts_on": "2017-04-01",
        "ends_on": "2017-04-05",
        "website": "https://treecon.example/",
    }
    nothing = dict.fromkeys(facts)
    (tmp_path / "conferences.json").write_text(
        json.dumps({"treecon-2017": facts, "leafcon": nothing})
    )
    (tmp_path / "recaps").mkdir()
    (tmp_path / "recaps" / "two-days.md").write_text(RECAP)
    talk = RECAP.replace("event: treecon-2017", "event: treecon-2017\ntalk: bonsai")
    (tmp_path / "recaps" / "bonsai.md").write_text(talk.replace("Two days among trees", "Bonsai"))
    return tmp_path


def test_sample_conferences_have_what_pyvideo_does_not_know(sample):
    load_sample_library(sample)

    conference = Conference.objects.get(slug="treecon-2017")
    assert (conference.series.title, conference.city, conference.country) == (
        "TreeCon",
        "Turku",
        "FI",
    )
    assert (str(conference.starts_on), str(conference.ends_on)) == ("2017-04-01", "2017-04-05")
    assert not conference.dates_estimated
    assert (conference.time_zone, conference.website) == (
        "Europe/Helsinki",
        "https://treecon.example/",
    )


def test_sample_conferences_without_facts_stay_as_imported(sample):
    load_sample_library(sample)

    conference = Conference.objects.get(slug="leafcon")
    assert (conference.series, conference.city, conference.dates_estimated) == (None, "", True)


def test_sample_recaps_are_published_by_an_author_who_cannot_sign_in(sample):
    load_sample_library(sample)

    about_conference = Recap.objects.published().get(conference__slug="treecon-2017")
    about_talk = Recap.objects.published().get(talk__conference__slug="treecon-2017")
    author = User.objects.get()
    assert (author.public_name, author.slug, author.is_active) == ("Sample", "sample", False)
    assert not author.has_usable_password()
    assert about_conference.author == about_talk.author == author
    assert (about_conference.title, about_talk.title) == ("Two days among trees", "Bonsai")
    assert about_conference.summary == "What we brought home: seeds."
    assert about_conference.published_at.isoformat() == "2017-05-01T10:00:00+00:00"
    assert sorted(about_conference.tags.names()) == ["gardening", "travel: by train"]
    assert about_conference.body.endswith("dashes.\n\n---\n\nThe end.")
    assert "<h1" not in about_conference.body
    assert about_conference.body_html != ""


def test_loading_the_sample_twice_changes_nothing(sample):
    load_sample_library(sample)
    Conference.objects.filter(slug="treecon-2017").update(city="Mine")
    before = all_rows()

    loaded = load_sample_library(sample)

    assert (loaded.new_recaps, loaded.report.counts.unchanged) == (0, 2)
    assert all_rows() == before


def test_recaps_of_what_a_curator_deleted_are_left_out(sample):
    import_pyvideo(sample / "pyvideo")
    Talk.objects.get(conference__slug="treecon-2017").delete()

    assert load_sample_library(sample).new_recaps == 1


def test_a_broken_sample_loads_nothing_at_all(sample):
    (sample / "recaps" / "a.md").write_text(RECAP.replace("title:", "titel:"))
    before = all_rows()

    with pytest.raises(KeyError):
        load_sample_library(sample)

    assert all_rows() == before


def test_the_series_is_shared(sample):
    shutil.rmtree(sample / "pyvideo" / "leafcon")
    facts = json.loads((sample / "conferences.json").read_text())
    write_event(sample / "pyvideo", {"a": video()}, name="treecon-2018")
    (sample / "conferences.json").write_text(
        json.dumps({**facts, "treecon-2018": {"series": "TreeCon"}})
    )

    load_sample_library(sample)

    assert [edition.slug for edition in Series.objects.get().editions.order_by("slug")] == [
        "treecon-2017",
        "treecon-2018",
    ]


def test_a_later_import_of_the_same_event_finds_the_samples_talks(sample, tmp_path):
    load_sample_library(sample)

    report = import_pyvideo(
        write_event(tmp_path / "all", {"bonsai": video(title="Bonsai"), "oak": video(title="Oak")})
    )

    assert (report.counts.new, report.counts.changed) == (1, 1)
    conference = Conference.objects.get(slug="treecon-2017")
    assert (conference.talks.count(), str(conference.starts_on)) == (2, "2017-04-01")


@pytest.mark.walks
def test_the_projects_own_sample_library(capsys):
    call_command("load_sample_library")

    said = capsys.readouterr().out
    call_command("load_sample_library", "--if-empty")
    assert Conference.objects.count() >= 6
    assert Talk.objects.count() >= 60
    assert Recap.objects.published().count() >= 12
    assert Recap.objects.count() == len(list((SAMPLE_LIBRARY / "recaps").glob("*.md")))
    assert said.splitlines()[-1] == f"Sample recaps: {Recap.objects.count()} new"
    assert capsys.readouterr().out == "The library is not empty; the sample was not loaded.\n"


@pytest.mark.walks
def test_if_empty_loads_into_an_empty_library(capsys):
    call_command("load_sample_library", "--if-empty")

    assert Conference.objects.exists()
