"""People who sign in: note-takers, curators, administrators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in: note-takers, curators, administrators."""

    name = "accounts"
    verbose_name = _("People")
