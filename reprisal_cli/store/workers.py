"""Work spread over processes: forked, each with a share of the list, sending back through a pipe what is small."""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

FEW = 300
"""Below this many, one process is faster than two (measured: `benchmarks/validate.md`)."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process at work: its number, and the end of the pipe at which its result comes."""

    number: int
    pipe: int


def spread(work: Callable[[Sequence[T]], list[Any]], items: Sequence[T]) -> list[Any]:
    """What `work` makes of all items, in no order. It gives a list of texts, numbers, lists and None; where there is
    enough to do, it runs in forked processes, and this one does its share."""
    count = _processors() if len(items) >= FEW else 1
    with no_collection():
        gc.freeze()
        try:
            workers = [_start(work, items[part::count]) for part in range(1, count)]
            done = [work(items[::count]), *(_result(worker) for worker in workers)]
        finally:
            gc.unfreeze()
        # a worker that failed, whatever the reason, leaves its share to this process, where a fault can be told
        return [
            one for part, found in enumerate(done) for one in (work(items[part::count]) if found is None else found)
        ]


def _start(work: Callable[[Sequence[T]], list[Any]], share: Sequence[T]) -> Worker:
    out, into = os.pipe()
    number = os.fork()
    if number:
        os.close(into)
        return Worker(number, out)
    code = 1
    try:
        os.close(out)
        with os.fdopen(into, "wb") as stream:
            stream.write(marshal.dumps(work(share)))
        code = 0
    finally:
        os._exit(code)


def _result(worker: Worker) -> list[Any] | None:
    with os.fdopen(worker.pipe, "rb") as stream:
        raw = stream.read()
    _, status = os.waitpid(worker.number, 0)
    if os.waitstatus_to_exitcode(status):
        return None
    found: list[Any] = marshal.loads(raw)  # noqa: S302 -- from a process of our own
    return found


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the cyclic garbage collector, which would walk all records again and again while they pile up."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
