"""Decodes and re-encodes an image in a subprocess of low priority: see ADR 39.

Request threads then do not share Python's lock with the decoder, nor much processor time; a decoder
crash on a hostile file ends no worker, and the process has no connection and no secret.
`picture_from_process` starts the process, `main` runs in it: it reads a file from standard input
and writes a line of JSON and the image to standard output.
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
_COMMAND = [sys.executable, "-m", "images.picture_process"]
# Below everything that readers wait for.
_NICENESS = 10
# Nothing of the site's own: no secret key and no address of a database.
_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class NotMadeError(Exception):
    """The subprocess ended without a result: killed, out of memory, or out of time."""


def picture_from_process(data: bytes) -> Picture:
    """Return the re-encoded image of a file's bytes, made in a subprocess.

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
    """Re-encode the image on standard input."""
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
