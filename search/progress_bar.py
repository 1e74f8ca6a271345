"""How far a long command has come, on one line of the terminal."""

from collections.abc import Callable
from typing import TextIO

from search.enums import DocumentKind

WIDTH = 30


def progress_bar(out: TextIO) -> Callable[[DocumentKind, int, int], None]:
    """Return what `search.rebuild` tells its progress to.

    It is drawn over itself on a terminal; elsewhere each kind of objects gets one line.
    """

    def tell(kind: DocumentKind, done: int, total: int) -> None:
        if not out.isatty():
            if done >= total:
                out.write(f"{kind.value}: {total}\n")
            return
        filled = WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (WIDTH - filled)
        out.write(f"\r{kind.value:<10} [{bar}] {done}/{total}" + ("\n" if done >= total else ""))
        out.flush()

    return tell
