"""Test factories for speakers."""

import factory
from factory.django import DjangoModelFactory

from foundation.text.slugs import slug_of
from speakers.models import Speaker, SpeakerAlias


class SpeakerFactory(DjangoModelFactory):
    """A person with a name."""

    class Meta:
        model = Speaker

    name = factory.Sequence(lambda n: f"Speaker {n}")
    slug = factory.LazyAttribute(lambda o: slug_of(o.name, fallback="speaker"))


class SpeakerAliasFactory(DjangoModelFactory):
    """Another spelling of a speaker."""

    class Meta:
        model = SpeakerAlias

    speaker = factory.SubFactory(SpeakerFactory)
    name = factory.Sequence(lambda n: f"Other name {n}")
