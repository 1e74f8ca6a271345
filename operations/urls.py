"""URL patterns of the health checks, below /health/."""

from django.urls import path

from operations import health

urlpatterns = [
    path("", health.health, name="health"),
    path("ready/", health.health_ready, name="health-ready"),
]
