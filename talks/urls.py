"""URL patterns of talks, calendars, tags and the archive of talks."""

from django.urls import path

from foundation.pages.archive import archive_urls
from talks.archive import TALKS
from talks.views import calendars, tags, talk

urlpatterns = [
    path("conferences/<word:conference_slug>/<word:talk_slug>/", talk.talk, name="talk"),
    path(
        "conferences/<word:conference_slug>/calendar.ics",
        calendars.conference_calendar,
        name="conference-calendar",
    ),
    path(
        "conferences/<word:conference_slug>/<word:talk_slug>/calendar.ics",
        calendars.talk_calendar,
        name="talk-calendar",
    ),
    path("tags/", tags.tags, name="tags"),
    path("tags/<word:tag_slug>/", tags.tag, name="tag"),
    path("tags/<word:first_slug>+<word:second_slug>/", tags.tag_pair, name="tag-pair"),
    *archive_urls("archive/talks/", TALKS),
]
