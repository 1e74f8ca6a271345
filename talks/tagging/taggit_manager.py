"""What stands behind `talk.tags`: django-taggit's manager, resolving names our way."""

from collections.abc import Iterable
from typing import Any

from taggit.managers import _TaggableManager


class ResolvingTagManager(_TaggableManager):
    """`talk.tags` whose names find the tag of their key or synonym before a new one is made.

    django-taggit compares names letter by letter, so its own `add("Machine Learning")` would
    run into the unique key of "machine learning".
    """

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Any]:
        given = list(tags)
        named = [tag for tag in given if isinstance(tag, str)]
        found = self.through.tag_model()._default_manager.resolve(named)
        resolved = [found.of(tag) if isinstance(tag, str) else tag for tag in given]
        return list(dict.fromkeys(tag for tag in resolved if tag is not None))
