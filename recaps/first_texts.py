"""The start texts of a new site, which are there again after everything was emptied."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps

from recaps.enums import SubjectKind

_TALK = """\
## What was it about?

## Three things to take home

1.
2.
3.

## Open questions

## Links
"""
_CONFERENCE = """\
## What was it like?

## Three things to take home

1.
2.
3.

## Talks to watch

## Open questions

## Links
"""
FIRST_TEXTS = {SubjectKind.TALK: _TALK, SubjectKind.CONFERENCE: _CONFERENCE}


def keep_start_texts(
    app_config: AppConfig, *, using: str, apps: Any = installed_apps, **_options: Any
) -> None:
    """Write each start text that has no row; what somebody wrote, or emptied, stays.

    Receives `post_migrate` of its application, which `flush` sends too.
    """
    try:
        rows = apps.get_model("recaps", "StartText").objects.using(using)
    except LookupError:  # a migration state without them
        return
    for kind, body in FIRST_TEXTS.items():
        rows.get_or_create(kind=kind, defaults={"body": body})
