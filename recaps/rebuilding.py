"""All recaps rendered anew by several processes; each takes every so many batches, and commits.

A process that is killed leaves what it has committed; whoever starts again goes on with the rest.
The processes are children of the one that was started, and end with it.
"""

import os
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from foundation.database.faults import is_connection_lost
from recaps.querysets import RecapQuerySet
from recaps.rendering import batches_of, render_batch

# Fewer are not worth the start of processes.
FEWEST_FOR_PROCESSES = 500
Progress = Callable[[int], None]


def rebuild(recaps: RecapQuerySet, *, processes: int, progress: Progress) -> int:
    """Render recaps anew from their texts, and return their number.

    `progress` is told how many are done, after each batch. Raises RuntimeError where a process
    ends before its time.
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
    """Give the number of each batch that a process has committed."""
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
    """Render a batch; once more on a new connection where the one it had was lost."""
    try:
        return render_batch(keys)
    except (OperationalError, InterfaceError) as error:
        if not is_connection_lost(error):
            raise
        connections.close_all()
        return render_batch(keys)
