"""The site's identity: the stable part of the ids in feeds and calendars."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.models.fields import WebAddressField


class SiteIdentityQuerySet(models.QuerySet["SiteIdentity"]):
    """Queryset of the one row."""

    def current(self) -> SiteIdentity:
        """Return the identity; if its row was deleted, the default identity."""
        return self.first() or self.model(origin=settings.SITE_URL)


class SiteIdentity(models.Model):
    """The origin of all ids in feeds and calendars. One row.

    It has the form of a URL, but stays the same when the site's URL changes (ADR 33).
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    origin = WebAddressField(_("origin of ids"), editable=False)

    objects = SiteIdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity of the site")
        verbose_name_plural = _("identity of the site")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="site_identity_is_one", condition=Q(id=1)),
            models.CheckConstraint(
                name="site_identity_is_a_web_address",
                condition=Q(origin__regex=r"^https?://[^[:space:]]+$"),
            ),
        ]

    def __str__(self) -> str:
        return self.origin

    def iri(self, path: str) -> str:
        """Return the id of the object with this path, which begins with '/'."""
        return f"{self.origin}{path}"

    def urn(self, path: str) -> str:
        """Return the id of the object with this path, as a URN."""
        return uuid5(NAMESPACE_URL, self.iri(path)).urn

    def uid(self, name: str) -> str:
        """Return the UID of the calendar event with this name."""
        parts = urlsplit(self.origin)
        return f"{name}@{parts.hostname}{parts.path}"
