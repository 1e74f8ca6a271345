"""The bin (trash) in the admin: deleting moves recaps there, a page lists them and
restores them.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.admin.deletion import Deletion
from recaps.admin.pages import RecapPages
from recaps.models import Recap
from recaps.states import DAYS_IN_BIN, may_take_from_bin, put_in_bin, take_from_bin
from recaps.writing import RecapConflict

MOST_IN_BIN = 500


class BinPages(RecapPages):
    """Deletes recaps into the bin, and lists the bin."""

    def get_urls(self) -> list[Any]:
        return [
            self.page("bin/", "bin", require_safe, self.bin_page),
            self.page(
                "<path:object_id>/take-from-bin/", "take_from_bin", require_POST, self.take_back
            ),
            *super().get_urls(),
        ]

    def bin_page(self, request: HttpRequest) -> HttpResponse:
        """List the deleted recaps, last deleted first: a person's own, or everybody's for
        publishers.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        binned = self.without_texts(self.get_queryset(request).in_bin())
        recaps = list(binned.order_by("-deleted_at")[:MOST_IN_BIN])
        rows = [(recap, may_take_from_bin(request.user, recap)) for recap in recaps]
        context = {"title": _("Bin"), "rows": rows, "days": DAYS_IN_BIN}
        return self.shown(request, "bin", context)

    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Restore a recap from the bin, as it was."""
        recap = self.seen_recap(request, object_id)
        if not (self.may_delete(request) and may_take_from_bin(request.user, recap)):
            raise PermissionDenied
        try:
            take_from_bin(recap)
        except RecapConflict:  # pragma: no cover -- somebody wrote between two of our lines
            return self.outdated(request, recap)
        self.log_change(request, recap, _("Taken from the bin."))
        text = _("“%(recap)s” is back.") % {"recap": recap}
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:recaps_recap_change", args=[recap.pk]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Deletion:
        """Return what goes to the bin: the recaps with all that belongs to them, and
        nothing else.
        """
        named = [str(recap) for recap in objs]
        refused = [recap for recap in objs if not self.has_delete_permission(request, recap)]
        missing = {str(self.opts.verbose_name)} if refused else set()
        return Deletion(named, {str(self.opts.verbose_name_plural): len(named)}, missing, [])

    def delete_model(self, request: HttpRequest, obj: Recap) -> None:
        put_in_bin(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        recaps: Any = queryset
        for recap in recaps.locked():
            put_in_bin(recap)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm, or move the recap to the bin, unless somebody changed it in the meantime."""
        try:
            return super().delete_view(request, *args, **kwargs)
        except RecapConflict:  # pragma: no cover -- somebody wrote between two of our lines
            text = _("Somebody changed this recap in the meantime. Nothing was deleted.")
            self.message_user(request, text, messages.WARNING)
            return self.response_post_save_change(request, Recap())

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        text = _("It lies in the bin for %(days)d days.") % {"days": DAYS_IN_BIN}
        response = super().response_delete(request, obj_display, obj_id)
        self.message_user(request, text, messages.INFO)
        return response
