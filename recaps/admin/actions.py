"""Actions of the recap list: publish, return to draft, submit."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from recaps.models import Recap, RecapQuerySet
from recaps.states import publish_recaps, return_recaps, submit_recaps

MOST_AT_ONCE = 500


@admin.action(permissions=["publish"], description=gettext_lazy("Publish"))
def publish(model_admin: ModelAdmin, request: HttpRequest, recaps: Any) -> None:
    """Publish the selected drafts."""
    done = ngettext_lazy("Published %(count)d recap", "Published %(count)d recaps", "count")
    _apply(model_admin, request, recaps, lambda: publish_recaps(recaps, by=_person(request)), done)


@admin.action(permissions=["publish"], description=gettext_lazy("Back to draft"))
def return_to_draft(model_admin: ModelAdmin, request: HttpRequest, recaps: Any) -> None:
    """Unpublish the selected recaps and return them to their authors as drafts."""
    done = ngettext_lazy(
        "Made %(count)d recap a draft again", "Made %(count)d recaps drafts again", "count"
    )
    _apply(model_admin, request, recaps, lambda: return_recaps(recaps, by=_person(request)), done)


@admin.action(permissions=["change"], description=gettext_lazy("Submit"))
def submit(model_admin: ModelAdmin, request: HttpRequest, recaps: Any) -> None:
    """Mark the selected drafts as ready for publication."""
    done = ngettext_lazy("Submitted %(count)d recap", "Submitted %(count)d recaps", "count")
    _apply(model_admin, request, recaps, lambda: submit_recaps(recaps), done)


def _apply(
    model_admin: ModelAdmin,
    request: HttpRequest,
    recaps: RecapQuerySet,
    verb: Callable[[], list[Recap]],
    done: Promise,
) -> None:
    """Run the action, write one history entry for each changed recap, and show the numbers."""
    chosen = recaps.count()
    if chosen > MOST_AT_ONCE:
        text = _("At most %(count)d recaps are changed at once. Nothing was changed.")
        model_admin.message_user(request, text % {"count": MOST_AT_ONCE}, messages.WARNING)
        return
    try:
        changed = verb()
    except ValidationError as error:
        model_admin.message_user(request, " ".join(error.messages), messages.ERROR)
        return
    entry: list[Any] = [{"changed": {"fields": ["status"]}}, {"batch": uuid.uuid4().hex}]
    for recap in changed:
        model_admin.log_change(request, recap, entry)
    text = str(done % {"count": len(changed)})
    if rest := chosen - len(changed):
        unchanged = ngettext("%(count)d was so already", "%(count)d were so already", rest)
        text = f"{text}; {unchanged % {'count': rest}}"
    model_admin.message_user(request, f"{text}.", messages.SUCCESS)


def _person(request: HttpRequest) -> Any:
    return request.user
