"""The admin site: the one place where people write."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class NotesAdminSite(admin.AdminSite):
    """Django's admin under the site's own name."""

    site_title = _("Talk notes admin")
    site_header = _("Talk notes")
    index_title = _("Curate and write")
    enable_nav_sidebar = True
