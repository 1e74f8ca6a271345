"""The main pages of whatever library there is: one of each kind, the one with most on it."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from conferences.models import Conference, Series
from recaps.models import Recap
from speakers.models import Speaker
from talks.models import Tag, Talk


def main_pages() -> dict[str, str]:
    """Return the paths of the main pages by name. One query for each kind that has rows."""
    tag = Tag.objects.most_used()[0]
    return {
        "home": reverse("home"),
        "conference": _fullest(Conference, "talks__recaps"),
        "talk with recaps": _fullest(Talk, "recaps"),
        "recap": Recap.objects.published().newest_first()[0].get_absolute_url(),
        "search": reverse("search") + f"?q={tag.slug}",
        "search, nothing found": reverse("search") + "?q=xylograph",
        "tag": tag.get_absolute_url(),
        "tags": reverse("tags"),
        "speaker": _fullest(Speaker, "talks"),
        "archive": reverse("archive"),
        "series": _fullest(Series, "editions"),
    }


def _fullest(model: Any, relation: str) -> str:
    """Return the path of the row with most on the other side of a relation."""
    return str(model.objects.annotate(much=Count(relation)).latest("much", "pk").get_absolute_url())
