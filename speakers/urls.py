"""URL patterns of speakers."""

from django.urls import path

from speakers import views

urlpatterns = [
    path("speakers/", views.speakers, name="speakers"),
    path("speakers/<word:speaker_slug>/", views.speaker, name="speaker"),
]
