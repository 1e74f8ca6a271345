"""Pages of the admin beside the form of a recap: its versions, what differs, and the bin.

Every page asks for the permission of the recap it is about, and a version is found only through
its recap.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recaps.admin.editor import (
    keep_page,
    preview_page,
    take_page,
    talk_page,
    throw_away_page,
    unsaved_page,
)
from recaps.diff import word_diff
from recaps.forms import CompareForm, RestoreForm
from recaps.models import Recap, RecapVersion
from recaps.states import DAYS_IN_BIN, may_take_from_bin, take_from_bin
from recaps.writing import TEXT_FIELDS, RecapConflict, restore_version

if TYPE_CHECKING:
    from recaps.admin.recaps import RecapAdmin

MOST_IN_BIN = 500


def page_urls(model_admin: "RecapAdmin") -> list[URLPattern]:
    """Return the addresses of these pages, to stand before Django's own of a row."""

    def page(route: str, name: str, method: Callable[..., Any], view: Any) -> URLPattern:
        wrapped = model_admin.admin_site.admin_view(method(partial(view, model_admin)))
        return path(route, wrapped, name=f"recaps_recap_{name}")

    one = "<path:object_id>"
    return [
        page("bin/", "bin", require_safe, bin_page),
        page("keep/", "keep", require_POST, keep_page),
        page("preview/", "preview", require_POST, preview_page),
        page("talk/", "talk", require_safe, talk_page),
        page("unsaved/", "unsaved", require_safe, unsaved_page),
        page("unsaved/<uuid:sitting>/take/", "take", require_POST, take_page),
        page("unsaved/<uuid:sitting>/throw-away/", "throw_away", require_POST, throw_away_page),
        page(f"{one}/take-from-bin/", "take_from_bin", require_POST, take_back),
        page(f"{one}/versions/", "versions", require_safe, versions_page),
        page(f"{one}/versions/compare/", "compare", require_safe, compare_page),
        page(f"{one}/versions/<int:number>/restore/", "restore_version", require_POST, restore),
    ]


def bin_page(model_admin: "RecapAdmin", request: HttpRequest) -> HttpResponse:
    """List what was deleted, the last first: one's own, or everybody's for who may publish."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    binned: Any = model_admin.get_queryset(request)
    recaps = list(model_admin.without_texts(binned.in_bin()).order_by("-deleted_at")[:MOST_IN_BIN])
    rows = [(recap, may_take_from_bin(request.user, recap)) for recap in recaps]
    context = {"title": _("Bin"), "rows": rows, "days": DAYS_IN_BIN}
    return _page(model_admin, request, "bin", context)


def take_back(model_admin: "RecapAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
    """Bring a recap back from the bin, as it was."""
    recap = _recap(model_admin, request, object_id)
    if not (model_admin.may_delete(request) and may_take_from_bin(request.user, recap)):
        raise PermissionDenied
    try:
        take_from_bin(recap)
    except RecapConflict:  # pragma: no cover -- somebody wrote between two of our lines
        return _to_versions(model_admin, request, recap, _outdated())
    model_admin.log_change(request, recap, _("Taken from the bin."))
    text = _("“%(recap)s” is back.") % {"recap": recap}
    model_admin.message_user(request, text, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:recaps_recap_change", args=[recap.pk]))


def versions_page(model_admin: "RecapAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
    """List the versions of a recap, the last one first."""
    recap = _recap(model_admin, request, object_id)
    versions = list(recap.versions.for_history())
    context = {
        "title": _("Versions: %(recap)s") % {"recap": recap},
        "recap": recap,
        "versions": versions,
        "newest": versions[0].number if versions else None,
        "second": versions[1].number if len(versions) > 1 else None,
        "may_restore": model_admin.has_change_permission(request, recap),
    }
    return _page(model_admin, request, "versions", context)


def compare_page(model_admin: "RecapAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
    """Show what differs between two versions of a recap, word by word."""
    recap = _recap(model_admin, request, object_id)
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
        "may_restore": model_admin.has_change_permission(request, recap),
    }
    return _page(model_admin, request, "compare", context)


def restore(
    model_admin: "RecapAdmin", request: HttpRequest, object_id: str, number: int
) -> HttpResponse:
    """Make a version's text the recap's own again, as a new version."""
    recap = _recap(model_admin, request, object_id)
    if not model_admin.has_change_permission(request, recap):
        raise PermissionDenied
    version, form = _version(recap, number), RestoreForm(request.POST)
    if not form.is_valid() or form.cleaned_data["started_from"] != recap.version:
        return _to_versions(model_admin, request, recap, _outdated())
    try:
        restore_version(recap, version, by=request.user)  # type: ignore[arg-type]  # -- staff
    except RecapConflict:  # pragma: no cover -- somebody wrote between two of our lines
        return _to_versions(model_admin, request, recap, _outdated())
    except ValidationError as error:  # pragma: no cover -- a rule newer than the version
        return _to_versions(model_admin, request, recap, " ".join(error.messages))
    text = _("Version %(number)d restored.") % {"number": number}
    model_admin.log_change(request, recap, text)
    model_admin.message_user(request, text, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:recaps_recap_versions", args=[recap.pk]))


def _recap(model_admin: "RecapAdmin", request: HttpRequest, object_id: str) -> Recap:
    """Return the recap, if the person may see that very one; otherwise it is not there."""
    recap = model_admin.get_object(request, unquote(object_id))
    if recap is None or not model_admin.has_view_permission(request, recap):
        raise Http404(_("There is no such recap."))
    return recap


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


def _outdated() -> str:
    return _("Somebody changed this recap in the meantime. Nothing was done: look once more.")


def _to_versions(
    model_admin: "RecapAdmin", request: HttpRequest, recap: Recap, text: str
) -> HttpResponse:
    model_admin.message_user(request, text, messages.WARNING)
    return HttpResponseRedirect(reverse("admin:recaps_recap_versions", args=[recap.pk]))


def _page(
    model_admin: "RecapAdmin", request: HttpRequest, name: str, context: dict[str, Any]
) -> TemplateResponse:
    shared = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
    }
    return TemplateResponse(request, f"admin/recaps/recap/{name}.html", {**shared, **context})
