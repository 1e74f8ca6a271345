"""Static files: how their names say their content, and collecting them when they changed.

Only then: hashing all of them takes seconds.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STAMP = ".collected"


def collect_static_files() -> bool:
    """Run collectstatic unless the last one saw the same files; return whether it ran."""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    seen = _fingerprint()
    if stamp.exists() and stamp.read_text() == seen:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen)
    return True


def _fingerprint() -> str:
    """Return a digest over storage, path, size and time of every static file."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, with Django's rewriting of `import … from "./other.js"` switched on.

    Without it a module would load others by names that stay the same when their text changes,
    and after an update run together with old ones out of a cache.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Return a file's name; one that was not collected costs its link and not the page."""
        try:
            stored: str = super().stored_name(name)
        except ValueError:
            return name
        return stored
