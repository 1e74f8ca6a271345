"""Uploading in the admin, by script and by hand; who sees and deletes which images."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.factories import UserFactory
from images.factories import ImageFactory
from images.files import path_of
from images.models import Image
from recaps.factories import RecapFactory
from tests.tools.drawing import a_kept_image, an_upload, drawn, encoded, sent

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/images/image/upload/"
LIST = "/admin/images/image/"
JSON = {"accept": "application/json"}
ROLES = ["Note-takers", "Curators", "Administrators"]


@pytest.fixture
def note_taker(client):
    """Somebody with the role, signed in."""
    person = UserFactory(staff=True, role="Note-takers")
    client.force_login(person)
    return person


def _change(image):
    return reverse("admin:images_image_change", args=[image.pk])


def _send(client, upload=None, **fields):
    """What the editor gets for an upload: status and JSON."""
    data = {"image": upload or an_upload(), **fields}
    response = client.post(UPLOAD, data, headers=JSON)
    return response.status_code, response.json()


@pytest.mark.parametrize("role", ROLES)
def test_editor_gets_the_markdown_of_what_it_sends(client, role):
    client.force_login(UserFactory(staff=True, role=role))

    status, answer = _send(client, alt="  A [slide]:\n`EXPLAIN` ")

    image = Image.objects.get()
    address = image.get_absolute_url()
    assert reverse("admin:images_image_upload") == UPLOAD
    assert (status, answer) == (
        201,
        {
            "address": address,
            "width": 320,
            "height": 180,
            "markdown": f"![A \\[slide\\]: \\`EXPLAIN\\`]({address})",
        },
    )
    assert path_of(image.name).exists()


def test_upload_runs_few_queries(client, note_taker, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):  # session, user, rights (2) and those of keeping (8)
        assert _send(client)[0] == 201


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        pytest.param({}, 400, "This field is required.", id="nothing"),
        pytest.param({"image": "text"}, 400, "This field is required.", id="no-file"),
        pytest.param(
            {"image": lambda: sent(b"<svg/>")},
            400,
            "This is no JPEG, PNG, WebP or GIF image, or the file is damaged.",
            id="svg",
        ),
        pytest.param(
            {"image": lambda: sent(b"")}, 400, "The submitted file is empty.", id="empty-file"
        ),
        pytest.param(
            {"image": lambda: SimpleUploadedFile("x", b"\0" * 15_000_001)},
            413,
            "The file is larger than 15 MB.",
            id="too-large",
        ),
        pytest.param(
            {"image": an_upload, "alt": "x" * 501},
            400,
            "Ensure this value has at most 500 characters (it has 501).",
            id="too-much-said",
        ),
    ],
)
def test_editor_is_told_what_is_wrong(client, note_taker, data, status, said):
    made = {name: value() if callable(value) else value for name, value in data.items()}

    response = client.post(UPLOAD, made, headers=JSON)

    assert (response.status_code, response.json()) == (status, {"error": said})
    assert Image.objects.count() == 0


def test_editor_is_told_that_the_disk_refuses(client, note_taker, media):
    media.parent.mkdir()
    media.touch()

    assert _send(client)[0] == 503


def test_upload_without_a_session_says_so(client):
    assert _send(client) == (401, {"signed_out": True})
    client.force_login(UserFactory())
    assert _send(client) == (401, {"signed_out": True})

    by_hand = client.post(UPLOAD, {"image": an_upload()}, headers={"accept": "text/html"})

    assert (by_hand.status_code, by_hand.url) == (302, f"/admin/login/?next={UPLOAD}")
    assert Image.objects.count() == 0


def test_upload_needs_the_right_the_token_and_post(client):
    client.force_login(UserFactory(staff=True, permissions=["images.view_image"]))
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(UserFactory(staff=True, role="Note-takers"))

    assert _send(client) == (403, {"error": "You may not upload images."})
    assert careful.post(UPLOAD, {"image": an_upload()}, headers=JSON).status_code == 403
    asked = client.get(UPLOAD, headers=JSON)
    assert (asked.status_code, asked.headers["Allow"]) == (405, "POST")
    assert Image.objects.count() == 0


def test_body_that_is_too_large_is_refused_before_it_is_read(client, note_taker, settings):
    settings.LARGEST_BODY = 1_000
    upload = sent(encoded(drawn()) + b"\0" * 1_000)

    assert _send(client, upload) == (413, {"error": "The file is larger than 15 MB."})
    page = client.post(UPLOAD, {"image": sent(b"\0" * 1_000)})
    assert (page.status_code, "Too large" in page.content.decode()) == (413, True)


def test_image_is_uploaded_by_hand(client, note_taker):
    form = client.get(f"{LIST}add/").context_data["adminform"].form
    refused = client.post(f"{LIST}add/", {"image": sent(b"<svg/>"), "alt": "x"})
    added = client.post(f"{LIST}add/", {"image": an_upload(), "alt": "A <slide>"}, follow=True)

    image = Image.objects.get()
    text = added.content.decode()
    assert list(form.fields) == ["image", "alt"]
    assert refused.context_data["adminform"].form.errors["image"] == [
        "This is no JPEG, PNG, WebP or GIF image, or the file is damaged."
    ]
    assert added.redirect_chain == [(_change(image), 302)]
    assert f"<code>![A \\&lt;slide&gt;]({image.get_absolute_url()})</code>" in text
    assert f"<code>![what it shows]({image.get_absolute_url()})</code>" in text
    assert (image.uploaded_by, 'name="_save"' in text) == (note_taker, False)


def test_note_takers_see_their_own_images_and_curators_all(client, note_taker):
    own, other = ImageFactory(uploaded_by=note_taker), ImageFactory()

    seen = client.get(LIST).context_data["cl"].result_list
    statuses = [client.get(_change(image)).status_code for image in (own, other)]
    client.force_login(UserFactory(staff=True, role="Curators"))
    curators = client.get(LIST).context_data["cl"].result_list

    assert (seen, statuses) == ([own], [200, 302])
    assert curators == [other, own]
    assert client.get(_change(other)).status_code == 200


def test_list_shows_small_pictures_and_where_they_are_used(client, note_taker):
    used = a_kept_image(note_taker)
    unused = ImageFactory(uploaded_by=note_taker, width=1600, height=900)
    RecapFactory(author=note_taker, title="Mine", body=f"{used.markdown()} {used.markdown()}")
    RecapFactory(draft=True, title="Others'", body=used.markdown())

    shown = client.get(LIST).content.decode()
    page = client.get(_change(used)).content.decode()

    assert (
        f'<img src="{unused.get_absolute_url()}" alt="Image {unused}" width="120" height="68"'
    ) in shown
    assert ("320 × 180" in page, ">Mine</a>" in shown, ">Mine</a>" in page) == (True,) * 3
    assert (shown.count(">Mine</a>"), "Others" in shown, "Others" in page) == (1, False, False)


def test_page_of_an_image_that_is_not_there_leads_on(client, note_taker):
    assert client.get(f"{LIST}999/change/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_curators_delete_what_no_recap_shows(client):
    curator = UserFactory(staff=True, role="Curators")
    used, unused, another = (a_kept_image(curator, colour) for colour in ("red", "blue", "grey"))
    RecapFactory(title="Shows it", draft=True, body=used.markdown())
    client.force_login(curator)
    several = {"action": "delete_selected", "_selected_action": [another.pk], "post": "yes"}

    page = client.post(f"{LIST}{used.pk}/delete/", {"post": "yes"})
    gone = client.post(f"{LIST}{unused.pk}/delete/", {"post": "yes"})
    both_gone = client.post(LIST, several)
    empty = client.post(LIST, several)

    assert page.context_data["protected"][1:] == ["Shows it"]
    assert [answer.status_code for answer in (gone, both_gone, empty)] == [302] * 3
    assert list(Image.objects.all()) == [used]
    kept = [path_of(image.name).exists() for image in (used, unused, another)]
    assert kept == [True, False, False]


def test_note_takers_delete_and_change_nothing(client, note_taker):
    image = a_kept_image(note_taker)

    deleted = client.post(f"{LIST}{image.pk}/delete/", {"post": "yes"})
    changed = client.post(_change(image), {"digest": "0" * 64, "alt": "x"})

    assert (deleted.status_code, changed.status_code) == (403, 403)
    assert Image.objects.get().digest == image.digest
