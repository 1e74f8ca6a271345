"""The progress bar."""

from contextlib import suppress
from io import StringIO

from foundation.logs.progress import progress_bar


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_a_terminal_sees_one_line_that_goes_at_the_end():
    terminal = Terminal()

    with progress_bar(terminal) as show:
        show(1, 2, "talk")
        show(0, 0, "nothing")

    bars = [f"{'█' * filled}{'░' * (24 - filled)}" for filled in (12, 0)]
    drawn = [f"{bars[0]} 1/2 talk", f"{bars[1]} 0/0 nothing", ""]
    assert terminal.getvalue().split("\r\033[K") == ["", *drawn]


def test_a_bar_goes_also_where_the_work_fails():
    terminal = Terminal()

    with suppress(KeyboardInterrupt), progress_bar(terminal) as show:
        show(1, 2, "talk")
        raise KeyboardInterrupt

    assert terminal.getvalue().endswith("\r\033[K")


def test_what_is_no_terminal_sees_nothing():
    out = StringIO()

    with progress_bar(out) as show:
        show(1, 2, "talk")

    assert out.getvalue() == ""
