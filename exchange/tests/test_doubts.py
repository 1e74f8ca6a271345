"""What an import reports of days and starts that look wrong."""

import datetime as dt

import pytest

from exchange.tests.folders import video
from talks.models import Talk

pytestmark = pytest.mark.django_db
NONE_OF_ITS = "The talk's day, 2 May 2062, is none of its conference's: 4 May 2026 to 6 May 2026."


def test_an_import_reports_what_looks_wrong_and_imports_it(import_talks):
    category = {"title": "C", "start_date": "2026-05-04", "end_date": "2026-05-06"}
    talks = {
        "a": video(recorded="2026-05-05", title="Right"),
        "b": video(recorded="2062-05-02", title="Wrong", videos=[{"url": "https://v.example/b"}]),
    }

    result = import_talks(talks, category=category)
    again = import_talks(talks, category=category)

    [issue] = [issue for issue in result.issues if issue.finding.code == "talk.when"]
    assert (issue.record, issue.value) == ("Wrong", NONE_OF_ITS)
    assert Talk.objects.get(title="Wrong").given_on == dt.date(2062, 5, 2)
    assert again.counts.unchanged == 2


def test_an_import_reports_a_conference_that_lasts_too_long(import_talks):
    talks = {"a": video(recorded="2026-05-05"), "b": video(recorded="2062-05-02", title="Wrong")}

    result = import_talks(talks)

    assert "event.when" in [issue.finding.code for issue in result.issues]
