"""Test factories for talks and their parts, and for tags."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from conferences.factories import ConferenceFactory
from foundation.text.slugs import slug_of
from speakers.models import Speaker
from talks.models import Recording, Tag, TagAlias, TaggedTalk, Talk, TalkLink, TalkSpeaker


class TagFactory(DjangoModelFactory):
    """A topic."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"tag {n}")
    slug = factory.LazyAttribute(lambda o: slug_of(o.name, fallback="tag"))


class TagAliasFactory(DjangoModelFactory):
    """A synonym."""

    class Meta:
        model = TagAlias

    tag = factory.SubFactory(TagFactory)
    name = factory.Sequence(lambda n: f"synonym {n}")


class TalkFactory(DjangoModelFactory):
    """A talk on the first day of its conference; `speakers=[…]` and `tags=[…]` are added to it."""

    class Meta:
        model = Talk
        skip_postgeneration_save = True

    class Params:
        undated = factory.Trait(given_on=None)

    conference = factory.SubFactory(ConferenceFactory)
    title = factory.Sequence(lambda n: f"Talk {n}")
    slug = factory.LazyAttribute(lambda o: slug_of(o.title, fallback="talk"))
    given_on = dt.date(2017, 4, 3)

    @factory.post_generation
    def speakers(self: Any, create: bool, extracted: list[Speaker] | None, **_: Any) -> None:
        TalkSpeaker.objects.bulk_create(
            [
                TalkSpeaker(talk=self, speaker=speaker, position=position)
                for position, speaker in enumerate(extracted or [])
            ]
        )

    @factory.post_generation
    def tags(self: Any, create: bool, extracted: list[Tag] | None, **_: Any) -> None:
        TaggedTalk.objects.bulk_create(
            [TaggedTalk(content_object=self, tag=tag) for tag in extracted or []]
        )


class RecordingFactory(DjangoModelFactory):
    """A video on YouTube."""

    class Meta:
        model = Recording

    talk = factory.SubFactory(TalkFactory)
    provider = "youtube"
    video_id = factory.Sequence(lambda n: f"video{n:06d}")
    url = factory.LazyAttribute(lambda o: f"https://www.youtube.com/watch?v={o.video_id}")


class TalkLinkFactory(DjangoModelFactory):
    """The slides of a talk."""

    class Meta:
        model = TalkLink

    talk = factory.SubFactory(TalkFactory)
    kind = "slides"
    url = factory.Sequence(lambda n: f"https://slides.example/{n}")
    label = "Slides"
