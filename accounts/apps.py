"""App of users: note-takers, curators, administrators."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in: note-takers, curators, administrators."""

    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import login_events  # noqa: PLC0415 -- once apps are loaded
        from accounts.roles import ensure_roles  # noqa: PLC0415

        login_events.connect()
        post_migrate.connect(ensure_roles, dispatch_uid="accounts.ensure_roles")
