"""A progress bar for a terminal."""

import shutil
from typing import Protocol

_BAR_WIDTH = 24
_CLEAR_LINE = "\r\033[K"


class Terminal(Protocol):
    """What a bar is drawn on."""

    def write(self, text: str, /) -> object:
        """Write the text as it is."""

    def flush(self) -> object:
        """Show what was written."""


class ProgressBar:
    """One line that is drawn over again; `clear` takes it away."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def show(self, done: int, total: int, label: str) -> None:
        """Draw how much is done and what was done last."""
        filled = _BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
        line = f"{bar} {done}/{total} {label}"
        self._draw(_CLEAR_LINE + line[: shutil.get_terminal_size().columns - 1])

    def clear(self) -> None:
        """Take the bar away."""
        self._draw(_CLEAR_LINE)

    def _draw(self, text: str) -> None:
        self._terminal.write(text)
        self._terminal.flush()
