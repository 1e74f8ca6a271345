"""Pictures are made in a process of their own, of low priority: see ADR 39.

Readers' threads do not share Python's lock with it, and little time where processors are short; a
decoder that a hostile file breaks takes no worker with it, and holds no connection and no secret.
`picture_made_apart` starts the process, `main` is what it does: a file on its standard input
becomes a line of JSON and the picture on its standard output.
"""

import io
import json
import os
import signal
import subprocess
import sys

from django.conf import settings
from django.core.exceptions import ValidationError

from images.pictures import Picture, picture_of, refusal

# Seconds. The worst picture takes five on an idle processor.
LONGEST = 30
_COMMAND = [sys.executable, "-m", "images.separate"]
# Below everything that readers wait for.
_NICENESS = 10
# Nothing of the site's own: no secret key and no address of a database.
_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class NotMadeError(Exception):
    """The process ended without an answer: killed, out of memory, or out of time."""


def picture_made_apart(data: bytes) -> Picture:
    """Return the picture in the bytes of a file.

    Raises ValidationError as `picture_of` does, and NotMadeError.
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            _COMMAND,
            input=data,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env=environment,
            timeout=LONGEST,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotMadeError from error
    line, _end, content = done.stdout.partition(b"\n")
    said = json.loads(line)
    if code := said.get("refused"):
        raise refusal(code)
    return Picture(content, said["width"], said["height"])


def main() -> None:
    """Make the picture that stands on the standard input."""
    os.nice(_NICENESS)
    signal.alarm(LONGEST)  # also where whoever waited was killed
    try:
        picture = picture_of(io.BytesIO(sys.stdin.buffer.read()))
    except ValidationError as error:
        _say({"refused": error.code})
    else:
        _say({"width": picture.width, "height": picture.height}, picture.content)


def _say(facts: dict[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
