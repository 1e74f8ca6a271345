"""App for operators: health checks, management commands, and the site's identity in ids."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Health, commands, and the identity of the site."""

    name = "operations"
    verbose_name = _("operations")

    def ready(self) -> None:
        from operations.identity import ensure_identity  # noqa: PLC0415 -- once apps are loaded

        post_migrate.connect(
            ensure_identity, sender=self, dispatch_uid="operations.ensure_identity"
        )
