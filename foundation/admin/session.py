"""Signing in again in the middle of writing: what was typed goes through, nothing is lost.

With scripts an editor asks here who is signed in, and signs in without leaving its page. Without
them a form that comes after the session has ended is answered with the login, which carries the
form's fields along and shows them again for sending.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

PREFIX = "carried-"
_NOT_CARRIED = {"csrfmiddlewaretoken"}
View = Callable[..., HttpResponse]


def session_urls() -> list[URLPattern]:
    """Return the addresses that editors ask, below that of the admin."""
    return [
        path("session/", never_cache(require_safe(session_page)), name="session"),
        path("session/sign-in/", never_cache(require_POST(sign_in_page)), name="sign_in"),
    ]


def session_page(request: HttpRequest) -> JsonResponse:
    """Say who is signed in, and the token that their forms need now."""
    person = request.user.pk if request.user.is_active and request.user.is_staff else None
    return JsonResponse({"person": person, "token": get_token(request)})


@sensitive_post_parameters("password")
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Sign somebody in; 400 with the reason where that cannot be."""
    form = AdminAuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        said = [str(text) for texts in form.errors.values() for text in texts]
        return JsonResponse({"error": " ".join(said)}, status=400)
    login(request, form.get_user())
    return session_page(request)


def asks_for_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which wants to read the answer."""
    return request.headers.get("Accept", "") == "application/json"


def guarded(site: AdminSite, view: View, admin_view: View) -> View:
    """Return Django's view of the admin with our answers to who is not, or no longer, signed in."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not site.has_permission(request):
            if asks_for_json(request):
                return JsonResponse({"signed_out": True}, status=401)
            if _is_filled_form(request):
                return _carrying_login(site, request)
        return admin_view(request, *args, **kwargs)

    return inner


def carried_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields that a login carries along, by their own names."""
    return [
        (name.removeprefix(PREFIX), value)
        for name, values in request.POST.lists()
        if name.startswith(PREFIX)
        for value in values
    ]


def sending_page(site: AdminSite, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Show what was carried through a login once more, one click from where it was sent to."""
    fields = carried_fields(request)
    if not fields or not isinstance(response, HttpResponseRedirect):
        return response
    context = {
        **site.each_context(request),
        "title": _("You are signed in again"),
        "address": response.url,
        **_split(fields),
    }
    return TemplateResponse(request, "admin/carried.html", context)


def _is_filled_form(request: HttpRequest) -> bool:
    """Tell whether the form of a row was sent. One with a password in it is typed again."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    secret = any("password" in field for field in request.POST)
    return request.method == "POST" and name.endswith(("_add", "_change")) and not secret


def _carrying_login(site: AdminSite, request: HttpRequest) -> HttpResponse:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_CARRIED
        for value in values
    ]
    context = {
        **site.each_context(request),
        "title": _("You were signed out"),
        "app_path": reverse("admin:login"),
        "username": "",
        "form": AdminAuthenticationForm(request),
        REDIRECT_FIELD_NAME: request.get_full_path(),
        "carried": fields,
    }
    return TemplateResponse(request, site.login_template or "admin/login.html", context, status=403)


def _split(fields: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the long texts apart, which are shown so that they can be read and copied."""
    typed = [field for field in fields if not field[0].startswith("_")]
    texts = [(name, value) for name, value in typed if "\n" in value or len(value) > 200]
    return {"texts": texts, "others": [field for field in fields if field not in texts]}
