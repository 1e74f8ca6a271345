"""Test factories for image rows without files; `images.tests.pictures` makes files."""

import factory
from factory.django import DjangoModelFactory

from accounts.factories import UserFactory
from images.models import Image


class ImageFactory(DjangoModelFactory):
    """An image of 1600 x 900 pixels without a file."""

    class Meta:
        model = Image

    digest = factory.Sequence(lambda n: f"{n + 1:032x}".zfill(32) + "0" * 32)
    width = 1600
    height = 900
    byte_count = 100_000
    uploaded_by = factory.SubFactory(UserFactory)
