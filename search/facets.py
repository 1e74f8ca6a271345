"""The facets of search: their columns, their values in URLs, and the values' labels."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Model, PositiveSmallIntegerField, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, Series
from foundation.text.bounds import FIRST_YEAR, LAST_YEAR
from foundation.text.languages import language_name
from search.enums import DocumentKind
from search.topics import tag_counts, tagged_with
from speakers.models import Speaker
from talks.models import Tag

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Facet:
    """One property of documents. `parameter` is its query parameter, `column` its
    database column.

    Documents have one value, and several chosen values mean any of them; for a facet with `many`
    values per document several mean all of them.
    """

    parameter: str
    column: str
    label: Any
    many: bool = field(default=False, kw_only=True)
    # How many values are shown to choose from.
    most: int = field(default=10, kw_only=True)

    @property
    def unwanted(self) -> str:
        """The query parameter that excludes values."""
        return f"no-{self.parameter}"

    def clean(self, text: str) -> str:
        """Return the value as URLs spell it; '' if it is invalid."""
        return text

    def keys(self, values: Iterable[str]) -> list[Any]:
        """Return the column's values for the URL values, None for each unknown one."""
        return list(values)

    def labels(self, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        """Return the URL value and the label of each of the column's values."""
        return {key: (str(key), str(key)) for key in keys}

    def counts(self, matches: Iterable[Any]) -> Counter[Any]:
        """Count the matches by the column's values."""
        keys = (getattr(match, self.column) for match in matches)
        return Counter(key for some in keys for key in some) if self.many else Counter(keys)

    def condition(self, values: Iterable[str]) -> Q:
        """Return the condition that a document has the values; an unknown value matches nothing."""
        keys = self.keys(values)
        if self.many:
            known = [key for key in keys if key is not None]
            return Q(**{f"{self.column}__contains": known}) if len(known) == len(keys) else Q(pk=0)
        return Q(**{f"{self.column}__in": [key for key in keys if key is not None]})

    def absence(self, values: Iterable[str]) -> Q:
        """Return the condition that a document has none of the values."""
        keys = [key for key in self.keys(values) if key is not None]
        lookup = "overlap" if self.many else "in"
        return ~Q(**{f"{self.column}__{lookup}": keys})


@dataclass(frozen=True)
class KindFacet(Facet):
    """The kind of document: a talk, a recap …"""

    def clean(self, text: str) -> str:
        return text if text in DocumentKind.values else ""

    def labels(self, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        return {key: (key, PLURALS[key]()) for key in keys}


PLURALS = {
    "talk": lambda: gettext("Talks"),
    "recap": lambda: gettext("Recaps"),
    "speaker": lambda: gettext("Speakers"),
    "conference": lambda: gettext("Conferences"),
    "series": lambda: gettext("Series"),
}


@dataclass(frozen=True)
class FlagFacet(Facet):
    """A yes-or-no property of documents."""

    yes: Any = ""
    no: Any = ""

    def clean(self, text: str) -> str:
        return text if text in (YES, NO) else ""

    def keys(self, values: Iterable[str]) -> list[Any]:
        return [value == YES for value in values]

    def labels(self, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        return {key: (YES, str(self.yes)) if key else (NO, str(self.no)) for key in keys}


@dataclass(frozen=True)
class LanguageFacet(Facet):
    """The language of a talk or recap, without its region."""

    def clean(self, text: str) -> str:
        return text if text.isascii() and text.isalpha() and len(text) <= 8 else ""

    def labels(self, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        return {key: (key, language_name(key)) for key in keys if key}


@dataclass(frozen=True)
class YearFacet(Facet):
    """The year of a talk or conference: "2017", or a range "2015-2020"."""

    def clean(self, text: str) -> str:
        first, _dash, last = text.partition("-")
        return text if _is_year(first) and (not _dash or (_is_year(last) and first < last)) else ""

    def condition(self, values: Iterable[str]) -> Q:
        return reduce(or_, (self._between(value) for value in values))

    def absence(self, values: Iterable[str]) -> Q:
        return Q(year__isnull=True) | ~self.condition(values)

    def _between(self, value: str) -> Q:
        first, last = _span(value)
        if first == last:
            return Q(year=_year(first))
        return Q(year__gte=_year(first), year__lte=_year(last))

    def days(self, values: Iterable[str]) -> Q:
        """Return the condition that excludes days before or after all of the years."""
        spans = [_span(value) for value in values]
        first, last = min(first for first, _last in spans), max(last for _first, last in spans)
        return Q(sort_date__gte=dt.date(first, 1, 1), sort_date__lte=dt.date(last, 12, 31))

    def labels(self, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        return {key: (str(key), str(key)) for key in keys if key is not None}


def _span(value: str) -> tuple[int, int]:
    first, _dash, last = value.partition("-")
    return int(first), int(last or first)


def _year(number: int) -> Any:
    """Return a year as a smallint, the column's type: the index of words and filters
    uses no other.
    """
    return Cast(Value(number), PositiveSmallIntegerField())


def _is_year(text: str) -> bool:
    return (
        len(text) == 4
        and text.isascii()
        and text.isdigit()
        and FIRST_YEAR <= int(text) <= LAST_YEAR
    )


def year_label(value: str) -> str:
    """Return "2015 to 2020" for "2015-2020"."""
    first, _dash, last = value.partition("-")
    if not last:
        return first
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


@dataclass(frozen=True)
class LinkFacet(Facet):
    """A speaker, conference, series or tag: a slug in URLs, an id in documents."""

    model: type[Model] = field(kw_only=True)
    name: str = field(default="name", kw_only=True)

    def keys(self, values: Iterable[str]) -> list[Any]:
        wanted = list(values)
        ids = dict(self._rows(slug__in=wanted).values_list("slug", "pk"))
        return [ids.get(slug) for slug in wanted]

    def labels(self, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        found = self._rows(pk__in=[key for key in keys if key is not None])
        rows = list(found.values_list("pk", "slug", self.name))
        times = Counter(name for _pk, _slug, name in rows)
        # Namesakes are told apart by their addresses.
        return {
            pk: (slug, name if times[name] == 1 else f"{name} · {slug}") for pk, slug, name in rows
        }

    def names(self, values: Iterable[str]) -> dict[str, str]:
        """Return the names by slug; unknown slugs are missing."""
        return dict(self._rows(slug__in=list(values)).values_list("slug", self.name))

    def _rows(self, **condition: Any) -> Any:
        return self.model._default_manager.filter(**condition)


@dataclass(frozen=True)
class TagFacet(LinkFacet):
    """A tag of a talk or of a recap about a conference; documents do not contain tags."""

    def _rows(self, **condition: Any) -> Any:
        return Tag.objects.known_to_readers().filter(**condition)

    def counts(self, matches: Iterable[Any]) -> Counter[Any]:
        rows = list(matches)
        talks = (row.talk_id for row in rows if row.talk_id)
        return tag_counts(talks, (row.recap_id for row in rows if row.recap_id and not row.talk_id))

    def condition(self, values: Iterable[str]) -> Q:
        keys = self.keys(values)
        if None in keys:
            return Q(pk=0)
        return reduce(and_, (tagged.condition() for tagged in tagged_with([key] for key in keys)))

    def absence(self, values: Iterable[str]) -> Q:
        [tagged] = tagged_with([[key for key in self.keys(values) if key is not None]])
        return tagged.absence()


KIND = KindFacet("kind", "kind", _("Kind"))
YEAR = YearFacet("year", "year", _("Year"), most=60)
FACETS: tuple[Facet, ...] = (
    KIND,
    YEAR,
    TagFacet("tag", "", _("Tag"), many=True, model=Tag),
    LinkFacet("speaker", "speaker_ids", _("Speaker"), many=True, model=Speaker),
    LinkFacet("series", "series_id", _("Series"), model=Series, name="title"),
    LinkFacet("conference", "conference_id", _("Conference"), model=Conference, name="title"),
    LanguageFacet("language", "language", _("Language")),
    FlagFacet("recap", "has_recap", _("Recap"), _("with a recap"), _("without a recap")),
    FlagFacet(
        "recording",
        "has_recording",
        _("Recording"),
        _("with a recording"),
        _("without a recording"),
    ),
)
BY_PARAMETER = {facet.parameter: facet for facet in FACETS}
