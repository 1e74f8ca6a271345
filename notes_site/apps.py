"""App configs of the project: its system checks, and the admin with the site's own class."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created

from foundation.database.readable_moments import read_every_moment


class NotesSiteConfig(AppConfig):
    """The project as an app: home page and system checks."""

    name = "notes_site"
    default = False

    def ready(self) -> None:
        from notes_site import checks  # noqa: F401, PLC0415 -- registers them once apps are loaded

        connection_created.connect(read_every_moment)


class NotesAdminConfig(AdminConfig):
    """Django's admin with our own site class."""

    default = False
    default_site = "notes_site.admin_site.NotesAdminSite"
