"""System check: the folder of the images is writable."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def check_media_root(**_: Any) -> list[CheckMessage]:
    """Report a MEDIA_ROOT that cannot be written or created."""
    there = Path(settings.MEDIA_ROOT)
    while not there.exists():
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return []
    text = f"MEDIA_ROOT {settings.MEDIA_ROOT} cannot be written: no image can be uploaded."
    hint = "Give the site's user a folder of its own, or name another one in MEDIA_ROOT."
    return [Error(text, hint=hint, id="images.E001")]
