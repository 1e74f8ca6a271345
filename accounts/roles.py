"""The site's three roles: groups whose permissions are defined here.

After every migration the groups have exactly these permissions in the site's apps. Other
permissions belong in another group. `recaps.states` defines which recaps a note-taker may change.
"""

from fnmatch import fnmatchcase
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps

NOTE_TAKERS, CURATORS, ADMINISTRATORS = "Note-takers", "Curators", "Administrators"
# By application, the codenames of rights; "view_*" is the right to see all its models.
_CURATORS_RIGHTS: dict[str, tuple[str, ...]] = {
    "recaps": ("*",),
    "images": ("*",),
    "talks": ("*",),
    "conferences": ("*",),
    "speakers": ("*",),
    "exchange": ("view_*",),
}
RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    NOTE_TAKERS: {
        "recaps": ("view_recap", "add_recap", "change_recap", "delete_recap", "view_followup"),
        "images": ("view_image", "add_image"),
        "talks": ("view_talk", "view_tag"),
        "conferences": ("view_conference", "view_series"),
        "speakers": ("view_speaker",),
    },
    CURATORS: _CURATORS_RIGHTS,
    ADMINISTRATORS: {
        **_CURATORS_RIGHTS,
        "accounts": ("view_user", "add_user", "change_user", "view_old*", "delete_old*"),
        "axes": ("view_accessattempt", "delete_accessattempt", "view_accesslog"),
    },
}


def ensure_roles(
    app_config: AppConfig, *, using: str, apps: Any = installed_apps, **_options: Any
) -> None:
    """Set the groups' permissions in one app. Idempotent.

    Receives `post_migrate`, which is sent once for each app after its permissions have been
    created.
    """
    label = app_config.label
    if not any(label in rights for rights in RIGHTS.values()):
        return
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:  # pragma: no cover -- a migration state without auth
        return
    in_app = permission_model.objects.using(using).filter(content_type__app_label=label)
    for name, rights in RIGHTS.items():
        group, _made = group_model.objects.using(using).get_or_create(name=name)
        patterns = rights.get(label, ())
        wanted = {p for p in in_app if any(fnmatchcase(p.codename, one) for one in patterns)}
        kept = set(group.permissions.filter(content_type__app_label=label))
        group.permissions.remove(*(kept - wanted))
        group.permissions.add(*(wanted - kept))
