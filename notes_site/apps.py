"""The front of the site as Django applications: its template tags, checks and admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class NotesSiteConfig(AppConfig):
    """The front: home page, shared template tags, system checks."""

    name = "notes_site"
    default = False

    def ready(self) -> None:
        from notes_site import checks  # noqa: F401, PLC0415 -- registers them once apps are loaded


class NotesAdminConfig(AdminConfig):
    """Django's admin with our own site class."""

    default = False
    default_site = "notes_site.admin_site.NotesAdminSite"
