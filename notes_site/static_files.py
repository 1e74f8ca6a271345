"""Static files: storage with content hashes in names, and collection when files changed.

Hashing all files takes seconds, so collectstatic only runs after a change.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STAMP = ".collected"


def collect_static_files() -> bool:
    """Run collectstatic unless no file changed since the last run; return whether it ran."""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    seen = _fingerprint()
    if stamp.exists() and stamp.read_text() == seen:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen)
    return True


def _fingerprint() -> str:
    """Return a digest of the storage and of the path, size and time of every static file."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with Django's rewriting of `import … from "./other.js"` switched on.

    Without it a module would import others by names without a hash, and after an update a cache
    could mix old modules with new ones.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Return a file's hashed name; a file that was not collected breaks its link,
        not the page.
        """
        try:
            stored: str = super().stored_name(name)
        except ValueError:
            return name
        return stored
