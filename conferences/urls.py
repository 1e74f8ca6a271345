"""URL patterns of conferences and series."""

from django.urls import path

from conferences import views
from recaps.views import book

urlpatterns = [
    path("conferences/", views.conferences, name="conferences"),
    path("conferences/<word:conference_slug>/", views.conference, name="conference"),
    path("conferences/<word:conference_slug>/book/", book.book, name="book"),
    path("series/", views.series_index, name="series-index"),
    path("series/<word:series_slug>/", views.series, name="series"),
]
