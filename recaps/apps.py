"""App of recaps: what people wrote about talks and conferences, with archive and feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecapsConfig(AppConfig):
    """Recaps: what people wrote about talks and conferences, their archive and feeds."""

    name = "recaps"
    verbose_name = _("Recaps")

    def ready(self) -> None:
        from recaps.start_texts import ensure_start_texts  # noqa: PLC0415 -- once apps are loaded

        post_migrate.connect(
            ensure_start_texts, sender=self, dispatch_uid="recaps.ensure_start_texts"
        )
