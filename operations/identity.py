"""Creates the site's identity, and a new one after all data was deleted."""

import uuid
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.conf import settings


def ensure_identity(
    app_config: AppConfig, *, using: str, apps: Any = installed_apps, **_options: Any
) -> None:
    """Create the site's identity if it has none. Receives `post_migrate` of its app."""
    try:
        rows = apps.get_model("operations", "SiteIdentity").objects.using(using)
    except LookupError:  # a migration state without it
        return
    rows.get_or_create(pk=1, defaults={"origin": new_origin()})


def new_origin() -> str:
    """Return an origin that no site has had before.

    An emptied library counts its rows from 1 again, and so does a second one on the same machine:
    their ids must not equal those of other objects that subscribers may still have.
    """
    return f"{settings.SITE_URL}/{uuid.uuid4().hex}"
