"""The admin site, where all content is written."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.contrib.contenttypes.models import ContentType
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.profile import ProfileForm
from foundation.admin.deletion import delete_selected
from foundation.admin.forms import PasswordAlone
from foundation.admin.session import carried_fields, guarded, sending_page, session_urls
from foundation.admin.widgets import RelatedSearch
from recaps.desk import desk_of
from recaps.ways import ways_from

_ROOMS = ("recaps", "images", "talks", "conferences", "speakers", "accounts", "exchange")
_IN_PEOPLES_ROOM = ("auth", "axes")


class OwnPasswordForm(PasswordAlone, AdminPasswordChangeForm):
    """Form of a person's own password."""


class NotesAdminSite(admin.AdminSite):
    """Django's admin site under the site's name, with its own login, index and profile pages."""

    site_title = site_header = settings.SITE_NAME
    index_title = _("Curate and write")
    enable_nav_sidebar = True
    login_template = "admin/login_carrying.html"

    def __init__(self, name: str = "admin"):
        super().__init__(name)
        self.add_action(delete_selected)

    def get_urls(self) -> list[Any]:
        """Return the admin's URL patterns; the site's own come before Django's with the
        same path.
        """
        shortcut = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        profile = path("profile/", self.admin_view(self.profile), name="profile")
        ways = path("ways/", self.admin_view(self.ways), name="ways")
        return [shortcut, profile, ways, *session_urls(), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return guarded(self, view, super().admin_view(view, cacheable))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign in; the page carries along what was typed into a form whose session expired."""
        carried = {"carried": carried_fields(request), **(extra_context or {})}
        return sending_page(self, request, super().login(request, carried))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Change the person's own password, and no other column of the user."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse(f"{self.name}:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        request.current_app = self.name
        return view(request)  # type: ignore[return-value]  # -- it is one

    def ways(self, request: HttpRequest) -> JsonResponse:
        """Say to a script of a public page where the person may go from there to write."""
        ways = ways_from(request.user, request.GET.get("at", ""))
        return JsonResponse({"ways": [asdict(way) for way in ways]})

    def profile(self, request: HttpRequest) -> HttpResponse:
        """Edit the person's own public profile: a line and links."""
        form = ProfileForm(request.POST or None, instance=request.user)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Readers see it now, where you have published a recap."))
            return HttpResponseRedirect(reverse(f"{self.name}:profile"))
        context = {**self.each_context(request), "form": form, "title": _("About you")}
        return TemplateResponse(request, "admin/profile.html", context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the person's desk, if they have one, before the list of all models."""
        chosen = request.GET.get("conference", "")
        desk = desk_of(request.user, now=timezone.now(), chosen=chosen)  # type: ignore[arg-type]  # -- staff
        context = {"desk": desk, "title": _("My desk")} if desk else {}
        return super().index(request, {**context, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the apps in the order of their use; logins and roles are listed with the users."""
        rooms = self._build_app_dict(request, app_label)
        for label in _IN_PEOPLES_ROOM:
            if label in rooms and "accounts" in rooms:
                rooms["accounts"]["models"] += rooms.pop(label)["models"]
        for room in rooms.values():
            room["models"].sort(key=lambda model: model["name"])
        return sorted(rooms.values(), key=lambda room: _position(room["app_label"]))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return RelatedSearch.as_view(admin_site=self)(request)  # type: ignore[return-value]  # -- it is one

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponse:
        """Redirect to a row's own page, if the person may see that row. Django's view checks no
        permission.
        """
        model_admin = self._admin_of(content_type_id)
        row = model_admin.get_object(request, object_id) if model_admin else None
        if model_admin is None or row is None or not model_admin.has_view_permission(request, row):
            raise Http404(_("There is no such page."))
        address = model_admin.get_view_on_site_url(row)
        if address is None:
            raise Http404(_("There is no such page."))
        return HttpResponseRedirect(address)

    def _admin_of(self, content_type_id: str) -> ModelAdmin | None:
        if not (content_type_id.isascii() and content_type_id.isdigit()):
            return None
        content_type = ContentType.objects.filter(pk=content_type_id[:18]).first()
        model = content_type.model_class() if content_type else None
        return self._registry.get(model) if model else None


def _position(label: str) -> tuple[int, str]:
    return (_ROOMS.index(label) if label in _ROOMS else len(_ROOMS), label)
