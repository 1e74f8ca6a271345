"""What is public is only read: other methods are refused, and told which are not."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from notes_site.middleware import BodilessHeadMiddleware
from tests.tools.every_page import every_page

pytestmark = pytest.mark.django_db
ALLOWED = "GET, HEAD"
REFUSED = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def strict():
    """A browser whose forms are asked for their token, as outside of tests."""
    return Client(enforce_csrf_checks=True)


def test_every_public_address_refuses_to_be_written(strict, django_assert_num_queries):
    addresses = every_page()

    with django_assert_num_queries(0):
        for method in REFUSED:
            for path in addresses.values():
                response = strict.generic(method, path, "a=1", content_type=FORM)
                assert (method, path, response.status_code) == (method, path, 405)
                assert response.headers["Allow"] == ALLOWED
                assert not response.cookies


@pytest.mark.walks
def test_every_public_address_answers_head_as_get_without_the_body(client):
    answers = []
    for path in every_page().values():
        got, asked = client.get(path), client.head(path)
        answers += [got, asked]
        body = b"".join(asked)
        assert (asked.status_code, body) == (got.status_code, b""), path
        names = {"Content-Type", "ETag", "Location", "Content-Security-Policy", "Content-Length"}
        for name in names:
            assert asked.headers.get(name) == got.headers.get(name), (path, name)
    for answer in answers:
        answer.close()  # the files; connections end with it, so not before


def test_no_body_is_even_made_ready_for_head(rf):
    for answer in (HttpResponse("abc"), StreamingHttpResponse(["a", "bc"])):
        sent = BodilessHeadMiddleware(lambda request, answer=answer: answer)(rf.head("/"))
        assert b"".join(sent) == b""
    assert (
        BodilessHeadMiddleware(lambda request: HttpResponse("abc"))(rf.head("/")).headers[
            "Content-Length"
        ]
        == "3"
    )


def test_what_is_not_there_is_missing_whatever_is_asked(strict):
    assert strict.post("/no-such-page/").status_code == 404
