"""Base class of the recap admin: permissions, and helpers for further pages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from recaps.models import Recap, RecapQuerySet
from recaps.states import may_edit, may_publish, may_see
from talks.admin.tagged import TaggedAdmin

# Whoever may not publish does not write these.
PUBLISHERS_FIELDS = ("author", "status", "published_at")


class RecapPages(TaggedAdmin):
    """Base ModelAdmin of recaps; each subclass adds some pages with their URLs."""

    def page(
        self, route: str, name: str, method: Callable[..., Any], view: Callable[..., Any]
    ) -> URLPattern:
        """Return the URL pattern of a page for staff, to come before Django's pattern for a row."""
        return path(route, self.admin_site.admin_view(method(view)), name=f"recaps_recap_{name}")

    def shown(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int | None = None
    ) -> TemplateResponse:
        """Render a page within the admin's layout."""
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
        }
        template = f"admin/recaps/recap/{name}.html"
        return TemplateResponse(request, template, {**shared, **context}, status=status)

    def seen_recap(self, request: HttpRequest, object_id: str) -> Recap:
        """Return the recap if the person may see it, else raise Http404."""
        recap = self.get_object(request, unquote(object_id))
        if recap is None or not self.has_view_permission(request, recap):
            raise Http404(_("There is no such recap."))
        return recap

    def outdated(self, request: HttpRequest, recap: Recap) -> HttpResponseRedirect:
        """Redirect to the versions with a warning: somebody changed the recap in the meantime."""
        text = _("Somebody changed this recap in the meantime. Nothing was done: look once more.")
        return self.to_versions(request, recap, text)

    def to_versions(self, request: HttpRequest, recap: Recap, text: str) -> HttpResponseRedirect:
        """Redirect to the versions of the recap, with a warning."""
        self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:recaps_recap_versions", args=[recap.pk]))

    def get_queryset(self, request: HttpRequest) -> RecapQuerySet:
        """Return the recaps that the person may see, including those in the bin."""
        recaps: Any = super().get_queryset(request)
        seen: RecapQuerySet = recaps.visible_to(request.user)
        return seen.select_related("talk__conference", "conference", "author")

    def without_texts(self, recaps: QuerySet) -> QuerySet:
        """Defer the columns that no list shows."""
        return recaps.defer("body", "body_html", "talk__abstract", "conference__description")

    def has_view_permission(self, request: HttpRequest, obj: Recap | None = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Recap | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Recap | None = None) -> bool:
        return self.may_delete(request) and (obj is None or may_edit(request.user, obj))

    def may_delete(self, request: HttpRequest) -> bool:
        """Return whether the person may delete recaps at all, and so restore them."""
        codename = get_permission_codename("delete", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether the person sees the actions with `permissions=["publish"]`."""
        return may_publish(request.user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Recap | None = None
    ) -> tuple[str, ...]:
        """Make the publishers' fields read-only for others, and the author for people who may not
        view users.
        """
        if not may_publish(request.user):
            return (*self.readonly_fields, *PUBLISHERS_FIELDS)
        if request.user.has_perm("accounts.view_user"):
            return tuple(self.readonly_fields)
        return (*self.readonly_fields, "author")
