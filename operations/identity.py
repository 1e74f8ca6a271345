"""The site's identity is made once, and again only after everything was emptied."""

import uuid
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.conf import settings


def keep_identity(
    app_config: AppConfig, *, using: str, apps: Any = installed_apps, **_options: Any
) -> None:
    """Give the site an identity where it has none. Receives `post_migrate` of its application."""
    try:
        rows = apps.get_model("operations", "SiteIdentity").objects.using(using)
    except LookupError:  # a migration state without it
        return
    rows.get_or_create(pk=1, defaults={"origin": new_origin()})


def new_origin() -> str:
    """Return an origin that no site has had before.

    An emptied library counts its rows from 1 again, and so does a second one on the same machine:
    their ids must not be those of other things that subscribers may still have.
    """
    return f"{settings.SITE_URL}/{uuid.uuid4().hex}"
