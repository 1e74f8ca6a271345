"""Renders recaps: text to HTML, mentions and follow-ups, which are stored with the text.

All recaps are rendered again by several processes; each takes every n-th batch, and commits it. If
one is killed, its committed batches stay, and the next run continues with the rest. The processes
are children of the command's process, and end with it.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from django.db import InterfaceError, OperationalError, connections, transaction
from django.utils.safestring import SafeString

from foundation.database.faults import is_connection_lost
from foundation.text.markdown import RENDERER_VERSION, Document, Task, Video, read_markdown
from recaps.mentions import Lookup, Thing, find_things
from recaps.models import FOLLOW_UP_MAX_LENGTH, STALE, FollowUp, Mention, Recap, RecapQuerySet
from recaps.start_texts import filled
from talks.models import Talk

BATCH_SIZE = 50
# As many stale recaps are shown as their texts say now on one page; each takes up to ten queries.
MOST_FRESH = 20


@dataclass(frozen=True)
class Rendering:
    """A recap's HTML, the objects that it mentions, and the parsed document."""

    html: SafeString
    things: list[Thing]
    document: Document
    unfilled: tuple[str, ...] = ()  # headings of the start text with nothing below them

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The items of its task lists."""
        return self.document.tasks


def rendering_of(recap: Recap, *, show_unknown: bool = False) -> Rendering:
    """Render a recap, saved or not; `show_unknown` is for previews.

    Timestamps link into the talk's first recording. At most eleven queries.
    """
    document, unfilled = _read(recap)
    found = find_things(document.names, near=_near(recap))
    html = document.html(found.for_rendering(show_unknown=show_unknown))
    return Rendering(html, found.things, document, unfilled)


def _read(recap: Recap) -> tuple[Document, tuple[str, ...]]:
    video = video_of(recap.talk) if recap.talk else None
    body, unfilled = filled(recap.body)
    document = read_markdown(body, name=recap.uid.hex[:8], video=video, breaks=recap.shows_breaks)
    return document, tuple(unfilled)


def _near(recap: Recap) -> int | None:
    return recap.talk.conference_id if recap.talk else recap.conference_id


def video_of(talk: Talk) -> Video | None:
    """Return the recording that a talk's timestamps link into: its first. One query."""
    recording = next(iter(talk.recordings.all()), None)  # perhaps loaded before
    if recording is None:
        return None
    return Video(recording.provider, recording.url, recording.video_id, recording.offset_seconds)


def freshen(recaps: Iterable[Recap]) -> None:
    """Render recaps again, in memory, whose mentioned objects have changed.

    Nothing is written: `rebuild_recaps` does that. Usually no recap is stale, and no query runs.
    """
    stale = {recap.pk: recap for recap in recaps if recap.renderer_version == STALE}
    if stale:
        whole = Recap.objects.select_related("talk").filter(pk__in=list(stale)[:MOST_FRESH])
        for recap, rendering in _renderings_of(list(whole)):
            stale[recap.pk].body_html = rendering.html


def store_parts(recap: Recap, rendering: Rendering) -> None:
    """Store the mentions and follow-ups of a saved recap. Two to seven queries."""
    wanted = mentions_in(recap, rendering)
    had = {mention.kind_and_id for mention in recap.mentions.all()}
    if wanted.keys() != had:
        recap.mentions.all().delete()
        if had:
            # A mention that goes makes a recap stale; this one was rendered just now.
            Recap.objects.filter(pk=recap.pk).update(renderer_version=RENDERER_VERSION)
        Mention.objects.bulk_create(
            Mention(recap=recap, **{kind: thing}) for (kind, _id), thing in wanted.items()
        )
    _keep_follow_ups(recap, follow_ups_in(rendering))


def mentions_in(recap: Recap, rendering: Rendering) -> dict[tuple[str, int], Thing]:
    """Return the mentions of a rendering by kind and id: all objects it links to except its
    subject.
    """
    own = {recap.talk, recap.conference}
    return {(str(t._meta.model_name), t.pk): t for t in rendering.things if t not in own}


def follow_ups_in(rendering: Rendering) -> list[tuple[int, str, bool]]:
    """Return the follow-ups of a rendering: position, text, and whether it is done."""
    tasks = [task for task in rendering.tasks if task.text]
    return [(n, task.text[:FOLLOW_UP_MAX_LENGTH], task.is_done) for n, task in enumerate(tasks)]


def render_again(recaps: RecapQuerySet, *, progress: Callable[[int], None] | None = None) -> int:
    """Render recaps again from their texts; texts and `updated_at` stay.

    In batches, each in its own transaction, so that finished batches stay. `progress` gets the
    number done after each batch. Returns the number. One query if there are none.
    """
    done = 0
    for keys in batches_of(recaps.order_by("pk").values_list("pk", flat=True)):
        done += render_batch(keys)
        if progress:
            progress(done)
    return done


def batches_of(keys: Iterable[int]) -> Iterable[list[int]]:
    """Return the keys in lists of fifty."""
    rest = list(keys)
    return (rest[start : start + BATCH_SIZE] for start in range(0, len(rest), BATCH_SIZE))


@transaction.atomic
def render_batch(keys: list[int]) -> int:
    """Render some recaps. They are locked, so that a new text never gets the HTML of
    the old one.

    Five queries, and those that resolve names in their texts or change stored data.
    """
    rows = Recap.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    beside = ("talk__recordings", "mentions", "follow_ups")
    recaps = list(rows.select_related("talk").prefetch_related(*beside).order_by("pk"))
    for recap, rendering in _renderings_of(recaps):
        store_parts(recap, rendering)
        recap.body_html, recap.renderer_version = rendering.html, RENDERER_VERSION
    # One statement, so that triggers run once.
    Recap.objects.bulk_update(recaps, ["body_html", "renderer_version"])
    return len(recaps)


def _renderings_of(recaps: list[Recap]) -> Iterable[tuple[Recap, Rendering]]:
    """Yield each recap with its rendering; the names of all texts are looked up at once."""
    read = [(recap, *_read(recap)) for recap in recaps]
    names = Lookup(list(dict.fromkeys(name for _, text, _ in read for name in text.names)))
    for recap, document, unfilled in read:
        found = names.seen_from(_near(recap), document.names)
        html = document.html(found.for_rendering())
        yield recap, Rendering(html, found.things, document, unfilled)


def _keep_follow_ups(recap: Recap, wanted: list[tuple[int, str, bool]]) -> None:
    had = [(f.position, f.text, f.is_done) for f in recap.follow_ups.all()]
    if wanted != had:
        FollowUp.objects.filter(recap=recap).delete()
        FollowUp.objects.bulk_create(
            FollowUp(recap=recap, position=position, text=text, is_done=is_done)
            for position, text, is_done in wanted
        )


# Fewer are not worth the start of processes.
FEWEST_FOR_PROCESSES = 500
Progress = Callable[[int], None]


def rebuild(recaps: RecapQuerySet, *, processes: int, progress: Progress) -> int:
    """Render recaps again in several processes, and return their number.

    `progress` gets the number done after each batch. Raises RuntimeError if a process ends early.
    """
    keys = list(recaps.order_by("pk").values_list("pk", flat=True))
    batches = list(batches_of(keys))
    if processes < 2 or len(keys) < FEWEST_FOR_PROCESSES:
        return _rebuilt(map(render_batch, batches), progress)
    connections.close_all()  # no two processes speak on one
    context: Any = get_context("fork")
    return _rebuilt(_in_processes(context, batches, processes), progress)


def _rebuilt(numbers: Any, progress: Progress) -> int:
    done = 0
    for number in numbers:
        done += number
        progress(done)
    return done


def _in_processes(context: Any, batches: Sequence[list[int]], processes: int) -> Any:
    """Yield the number of recaps of each batch that a process has committed."""
    told: dict[Connection, Any] = {}
    for place in range(processes):
        ours, theirs = context.Pipe(duplex=False)
        mine = batches[place::processes]
        worker = context.Process(target=_work, args=(mine, theirs, os.getpid()), daemon=True)
        worker.start()
        theirs.close()
        told[ours] = worker
    while told:
        for ready in wait(list(told)):
            try:
                yield ready.recv()  # type: ignore[union-attr, call-arg]  # -- only connections
            except EOFError:
                _end(told.pop(ready))  # type: ignore[call-overload]


def _end(worker: Any) -> None:
    worker.join()
    if worker.exitcode:
        raise RuntimeError(f"A process ended with status {worker.exitcode}.")


def _work(batches: Sequence[list[int]], told: Connection, parent: int) -> None:
    for keys in batches:
        if os.getppid() != parent:
            return
        told.send(_rendered(keys))


def _rendered(keys: list[int]) -> int:
    """Render a batch; once more on a new connection if the old one was lost."""
    try:
        return render_batch(keys)
    except (OperationalError, InterfaceError) as error:
        if not is_connection_lost(error):
            raise
        connections.close_all()
        return render_batch(keys)
