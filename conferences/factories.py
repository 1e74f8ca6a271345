"""Test factories for conferences and series."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from conferences.models import Conference, Series
from foundation.text.slugs import slug_of


class SeriesFactory(DjangoModelFactory):
    """A series without editions."""

    class Meta:
        model = Series

    title = factory.Sequence(lambda n: f"Series {n}")
    slug = factory.LazyAttribute(lambda o: slug_of(o.title, fallback="series"))


class ConferenceFactory(DjangoModelFactory):
    """A conference of three days in April 2017, in UTC. `undated=True` has no dates."""

    class Meta:
        model = Conference

    class Params:
        undated = factory.Trait(starts_on=None, ends_on=None)

    title = factory.Sequence(lambda n: f"Conference {n}")
    slug = factory.LazyAttribute(lambda o: slug_of(o.title, fallback="conference"))
    time_zone = "UTC"
    starts_on = dt.date(2017, 4, 3)
    ends_on = dt.date(2017, 4, 5)
