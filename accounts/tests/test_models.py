"""Users have a public name and an address from the first moment."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.factories import UserFactory
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_create_user_makes_public_name_and_address():
    first = User.objects.create_user("mira", password="x")
    second = User.objects.create_user("mira2", public_name="Mira")
    third = User.objects.create_superuser("root", public_name="山田", slug="yamada")

    assert [(u.public_name, u.slug) for u in (first, second, third)] == [
        ("mira", "mira"),
        ("Mira", "mira-2"),
        ("山田", "yamada"),
    ]


@pytest.mark.parametrize("slug", ["", "a b", "a/b", "a?b"])
def test_user_address_is_checked_by_the_database(slug):
    with pytest.raises(IntegrityError, match="user_slug_is_an_address"), transaction.atomic():
        UserFactory(slug=slug)


def test_user_without_a_public_name_is_refused_in_words():
    with pytest.raises(ValidationError) as refused:
        UserFactory.build(public_name="").full_clean()

    assert refused.value.message_dict["public_name"] == ["This field cannot be blank."]
