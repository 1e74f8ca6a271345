"""Test factories for recaps."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.factories import UserFactory
from foundation.text.slugs import slug_of
from recaps.models import Recap, TaggedRecap
from recaps.writing import write_recap
from talks.factories import TalkFactory
from talks.models import Tag


class RecapFactory(DjangoModelFactory):
    """A published recap of a talk, written through the verb, so with its HTML.

    `draft=True`, `scheduled=True` and `binned=True` are what readers must not see.
    `conference=…, talk=None` is about a conference.
    """

    class Meta:
        model = Recap
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status="draft", published_at=None)
        binned = factory.Trait(deleted_at=timezone.now())
        scheduled = factory.Trait(published_at=dt.datetime(2199, 1, 1, tzinfo=dt.UTC))

    talk = factory.SubFactory(TalkFactory)
    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Recap {n}")
    slug = factory.LazyAttribute(lambda o: slug_of(o.title, fallback="recap"))
    body = "What was said."
    status = "published"
    published_at = dt.datetime(2017, 4, 10, 12, 0, tzinfo=dt.UTC)

    @classmethod
    def _create(cls, model_class: type[Recap], *args: Any, **fields: Any) -> Recap:
        recap = model_class(*args, **fields)
        # The database refuses the same, without a dozen questions before.
        with patch.object(recap, "validate_unique"), patch.object(recap, "validate_constraints"):
            return write_recap(recap)

    @factory.post_generation
    def tags(self: Any, create: bool, extracted: list[Tag] | None, **_: Any) -> None:
        TaggedRecap.objects.bulk_create(
            [TaggedRecap(content_object=self, tag=tag) for tag in extracted or []]
        )
