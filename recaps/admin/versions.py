"""The versions of a recap in the admin: list, comparison of two, restoring one.

A version is only found through its recap.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recaps.admin.pages import RecapPages
from recaps.diff import word_diff
from recaps.forms import CompareForm, RestoreForm
from recaps.models import TEXT_FIELDS, Recap, RecapVersion
from recaps.writing import RecapConflict, restore_version


class VersionPages(RecapPages):
    """The pages of a recap's versions."""

    def get_urls(self) -> list[Any]:
        versions = "<path:object_id>/versions/"
        one = f"{versions}<int:number>/restore/"
        return [
            self.page(versions, "versions", require_safe, self.versions_page),
            self.page(f"{versions}compare/", "compare", require_safe, self.compare_page),
            self.page(one, "restore_version", require_POST, self.restore),
            *super().get_urls(),
        ]

    def versions_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """List the versions of a recap, newest first."""
        recap = self.seen_recap(request, object_id)
        versions = list(recap.versions.for_history())
        context = {
            "title": _("Versions: %(recap)s") % {"recap": recap},
            "recap": recap,
            "versions": versions,
            "newest": versions[0].number if versions else None,
            "second": versions[1].number if len(versions) > 1 else None,
            "may_restore": self.has_change_permission(request, recap),
        }
        return self.shown(request, "versions", context)

    def compare_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the differences between two versions of a recap, word by word."""
        recap = self.seen_recap(request, object_id)
        form = CompareForm(request.GET)
        if not form.is_valid():
            raise Http404(_("There is no such version."))
        older, newer = (_version(recap, form.cleaned_data[name]) for name in ("older", "newer"))
        context = {
            "title": _("What changed: %(recap)s") % {"recap": recap},
            "recap": recap,
            "older": older,
            "newer": newer,
            "fields": _differences(older, newer),
            "may_restore": self.has_change_permission(request, recap),
        }
        return self.shown(request, "compare", context)

    def restore(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Restore a version's text as a new version."""
        recap = self.seen_recap(request, object_id)
        if not self.has_change_permission(request, recap):
            raise PermissionDenied
        version, form = _version(recap, number), RestoreForm(request.POST)
        if not form.is_valid() or form.cleaned_data["started_from"] != recap.version:
            return self.outdated(request, recap)
        try:
            restore_version(recap, version, by=request.user)  # type: ignore[arg-type]  # -- staff
        except RecapConflict:  # pragma: no cover -- somebody wrote between two of our lines
            return self.outdated(request, recap)
        except ValidationError as error:  # pragma: no cover -- a rule newer than the version
            return self.to_versions(request, recap, " ".join(error.messages))
        text = _("Version %(number)d restored.") % {"number": number}
        self.log_change(request, recap, text)
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:recaps_recap_versions", args=[recap.pk]))


def _version(recap: Recap, number: int) -> RecapVersion:
    version = recap.versions.select_related("author").filter(number=number).first()
    if version is None:
        raise Http404(_("There is no such version."))
    return version


def _differences(older: RecapVersion, newer: RecapVersion) -> list[dict[str, Any]]:
    return [
        {
            "label": RecapVersion._meta.get_field(name).verbose_name,  # type: ignore[union-attr]  # -- a column
            "changed": getattr(older, name) != getattr(newer, name),
            "pieces": word_diff(getattr(older, name), getattr(newer, name)),
        }
        for name in TEXT_FIELDS
    ]
