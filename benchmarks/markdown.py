"""Rendering Markdown: a 20 KB recap, 50 KB against 10 KB, and 100,000 of one sign.

Needs no database. Times are the best of several, for the machine may be busy. The last figures
compare texts made to be slow with as many characters of ordinary words.
"""

import time
from collections.abc import Callable

from foundation.text.markdown import Target, Things, Video, render_markdown

RUNS = 15
VIDEO = Video("youtube", "https://www.youtube.com/watch?v=abc123", "abc123", offset_seconds=30)
THINGS = Things({"a-talk": Target("/conferences/c/a-talk/", "A talk")})
WORDS = "Plain words of an ordinary sentence, one after the other, without anything in them.\n"
SIGNS = [
    *"ab1 \n\t!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~é漢",
    *("[a](", "![", "[[", "[[a|", "[[a]]", "[12:34]", "[^1]", "[^1]: x\n", "*a **b ", "<!--"),
    *("http://a.b ", "www.a.b ", "a@b.c ", "> ", "- ", "- [ ] a\n", "# a\n", "|a|b|\n|-|-|\n"),
    *("&amp;", "`a ", "```python\nx\n```\n", "\"'"),
]
SECTION = """## Part {n}: what was said about "queries"

The speaker's first point was *simple*: measure before you change anything, and **say so**. At
[{n}:34] comes the example that everybody will remember; see [[a-talk]] for the year before, and
https://example.org/notes/{n} for the slides. Whoever came late still found a seat.[^{n}]

- [ ] try `pg_trgm` on our own data ({n})
- [x] write to the organisers

```python
def part_{n}(rows: list[int]) -> int:
    # Only what is needed, and once.
    return sum(row for row in rows if row > {n})
```

| what | before | after |
|------|-------:|------:|
| page | 120 ms | 14 ms |

[^{n}]: It was the room next door.

"""


def main() -> None:
    """Print milliseconds and ratios."""
    figures = {kilobytes: best_of(recap(kilobytes)) for kilobytes in (10, 20, 50)}
    for kilobytes, taken in figures.items():
        print(f"{f'{kilobytes} KB recap':<34}{taken * 1000:>8.1f} ms", flush=True)
    print(f"{'50 KB against 10 KB':<34}{figures[50] / figures[10]:>8.1f} x", flush=True)
    ordinary = seconds(lambda: render((WORDS * 1_250)[:100_000]))
    print(f"{'100,000 characters of words':<34}{ordinary * 1000:>8.1f} ms", flush=True)
    slowest = sorted(((seconds(lambda s=s: render(repeated(s))), s) for s in SIGNS), reverse=True)  # type: ignore[misc]  # -- the default binds it
    for taken, sign in slowest[:5]:
        ratio = f"{taken / ordinary:.0f} x words"
        print(
            f"{f'100,000 characters of {sign!a}':<34}{taken * 1000:>8.0f} ms  {ratio}", flush=True
        )


def recap(kilobytes: int) -> str:
    """Return a recap of that length with everything in it."""
    text = "".join(SECTION.format(n=number) for number in range(kilobytes * 2))
    return text[: kilobytes * 1_000]


def repeated(sign: str) -> str:
    """Return 100,000 characters of it."""
    return sign * (100_000 // len(sign))


def render(source: str) -> None:
    """Render as a recap's text is rendered."""
    render_markdown(source, name="a1b2c3d4", video=VIDEO, things=THINGS)


def best_of(source: str) -> float:
    """Return the seconds of the quickest of several renderings."""
    return min(seconds(lambda: render(source)) for _ in range(RUNS))


def seconds(run: Callable[[], None]) -> float:
    """Return the processor's seconds."""
    began = time.process_time()
    run()
    return time.process_time() - began
