"""From a talk in the admin to the form of a recap about it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talks.admin.filters import ADD_RECAP
from talks.models import Talk


class WritingAdmin(admin.ModelAdmin):
    """A list of talks; who may write recaps finds the way to the form of one in each row."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        title, *others = super().get_list_display(request)
        writing = ["write_link"] if request.user.has_perm(ADD_RECAP) else []
        return [title, *writing, *others]

    @admin.display(description=_("recap"))
    def write_link(self, talk: Talk) -> str:
        """Return the link. It names the talk to who hears it and does not see the row."""
        link = '<a href="{}?talk={}" class="addlink" aria-label="{}">{}</a>'
        named = gettext("Write: %(talk)s") % {"talk": talk}
        return format_html(
            link, reverse("admin:recaps_recap_add"), talk.pk, named, gettext("Write")
        )
