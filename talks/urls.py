"""Addresses of talks, calendars and tags, and of the archive of talks by the month given."""

from django.urls import path

from talks import archive_views, calendar_views, tag_views, views

urlpatterns = [
    path("conferences/<word:conference_slug>/<word:talk_slug>/", views.talk, name="talk"),
    path(
        "conferences/<word:conference_slug>/calendar.ics",
        calendar_views.conference_calendar,
        name="conference-calendar",
    ),
    path(
        "conferences/<word:conference_slug>/<word:talk_slug>/calendar.ics",
        calendar_views.talk_calendar,
        name="talk-calendar",
    ),
    path("tags/", tag_views.tags, name="tags"),
    path("tags/<word:tag_slug>/", tag_views.tag, name="tag"),
    path("tags/<word:first_slug>+<word:second_slug>/", tag_views.tag_pair, name="tag-pair"),
    path("archive/talks/", archive_views.talk_archive, name="talk-archive"),
    path("archive/talks/<yyyy:year>/", archive_views.talk_archive_year, name="talk-archive-year"),
    path(
        "archive/talks/<yyyy:year>/<mm:month>/",
        archive_views.talk_archive_month,
        name="talk-archive-month",
    ),
]
