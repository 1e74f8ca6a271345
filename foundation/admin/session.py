"""Sign in again while a form is open, without losing what was typed.

With JavaScript, the editor asks here who is signed in and signs in without leaving its page.
Without it, a form submitted after the session has expired is answered with the login page, which
carries the form's fields along and then shows them for sending again.
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
    """Return the URLs that editors call, below the admin's."""
    return [
        path("session/", never_cache(require_safe(session_page)), name="session"),
        path("session/sign-in/", never_cache(require_POST(sign_in_page)), name="sign_in"),
    ]


def session_page(request: HttpRequest) -> JsonResponse:
    """Return who is signed in, and the CSRF token that their forms need now."""
    person = request.user.pk if request.user.is_active and request.user.is_staff else None
    return JsonResponse({"person": person, "token": get_token(request)})


@sensitive_post_parameters("password")
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Sign somebody in; answer 400 with the reason where that fails."""
    form = AdminAuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        said = [str(text) for texts in form.errors.values() for text in texts]
        return JsonResponse({"error": " ".join(said)}, status=400)
    login(request, form.get_user())
    return session_page(request)


def asks_for_json(request: HttpRequest) -> bool:
    """Return whether a script sent the request and expects JSON."""
    return request.headers.get("Accept", "") == "application/json"


def guarded(site: AdminSite, view: View, admin_view: View) -> View:
    """Wrap an admin view: requests without a valid session get this module's answers."""

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
    """Return the form fields that a login page carries along, by their own names."""
    return [
        (name.removeprefix(PREFIX), value)
        for name, values in request.POST.lists()
        if name.startswith(PREFIX)
        for value in values
    ]


def sending_page(site: AdminSite, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """After the login, show the carried fields with a button that sends them to their
    original URL.
    """
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
    """Return whether the form of a row was submitted. A form with a password has to be
    typed again.
    """
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
    """Separate the long texts, which the page shows to read and copy, from the other fields."""
    typed = [field for field in fields if not field[0].startswith("_")]
    texts = [(name, value) for name, value in typed if "\n" in value or len(value) > 200]
    return {"texts": texts, "others": [field for field in fields if field not in texts]}
