"""The secret key of a site on the embedded database: generated once, stored in a file.

A site with DATABASE_URL gets its key from its operator.
"""

import os
import secrets
from pathlib import Path

SAMPLE_KEY = "change-me-to-at-least-fifty-random-characters-000000"
MINIMUM_LENGTH = 50


def stored_secret_key(file: Path) -> str:
    """Return the key in the file; create the file on first use, readable only by its owner.

    Two processes that start at once get the same key: the file is linked into place when it is
    complete, and only the first link succeeds.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.partial")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
