"""App of images, which recaps show."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    """The pictures that recaps show."""

    name = "images"
    verbose_name = _("Images")

    def ready(self) -> None:
        from images import system_checks  # noqa: F401, PLC0415 -- registers them once apps are loaded
