"""A page that should not be a public one: it has to do with a session."""

from django.http import HttpResponse
from django.urls import path

from foundation.pages.public_page import public_page


@public_page()
def page(request):
    answer = HttpResponse("for one")
    request.session.get("who")
    return answer


urlpatterns = [path("", page)]
