"""A progress bar for a terminal."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# Told how many are done, how many there are, and what was done last.
Progress = Callable[[int, int, str], None]
_BAR_WIDTH = 24
_CLEAR_LINE = "\r\033[K"


def no_progress(done: int, total: int, label: str) -> None:
    """Show no progress."""


@contextmanager
def progress_bar(terminal: Any) -> Iterator[Progress]:
    """Yield a function that redraws one line of the terminal; the line is erased at the end.

    Where the stream is no terminal, it draws nothing.
    """
    if not terminal.isatty():
        yield no_progress
        return

    def show(done: int, total: int, label: str) -> None:
        filled = _BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        line = f"{bar} {done}/{total} {label}"
        draw(_CLEAR_LINE + line[: shutil.get_terminal_size().columns - 1])

    def draw(text: str) -> None:
        terminal.write(text)
        terminal.flush()

    try:
        yield show
    finally:
        draw(_CLEAR_LINE)
