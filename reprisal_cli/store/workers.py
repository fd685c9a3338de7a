"""Work spread over processes: forked, each with a share of the list, sending back through a pipe what is small."""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

FEW = 300
"""Below this many, one process is faster than two (measured: `benchmarks/validate.md`)."""
PARTS, LEAST = 250, 10
"""Into so many parts work is cut, and so much is in one at least: no process waits long for another, nor asks for work
all the time. The number of a part is one byte."""


class Worker(NamedTuple):
    """A process at work: its number, and the end of the pipe at which its result comes."""

    number: int
    pipe: int


def spread(work: Callable[[Sequence[T]], list[Any]], items: Sequence[T]) -> list[Any]:
    """What `work` makes of all items, in no order. It gives a list of texts, numbers, lists and None; where there is
    enough to do, forked processes share it with this one: each takes the next part as soon as it is done with one."""
    count = _processors() if len(items) >= FEW else 1
    if count == 1:
        with no_collection():
            return work(items)
    size = max(LEAST, -(-len(items) // PARTS))
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    with no_collection(), _tickets(len(parts)) as tickets:
        gc.freeze()
        try:
            workers = [_start(work, parts, tickets) for _ in range(1, count)]
            done = _share(work, parts, tickets)
            for worker in workers:
                done |= _result(worker)
        finally:
            gc.unfreeze()
        # what a worker that failed had taken, whatever the reason, is left to this process, where a fault can be told
        return [one for at, part in enumerate(parts) for one in (done[at] if at in done else work(part))]


@contextmanager
def _tickets(count: int) -> Iterator[int]:
    """A pipe with the numbers of all parts, a byte each: whoever reads one has that part to do, and nobody else."""
    out, into = os.pipe()
    os.write(into, bytes(range(count)))
    os.close(into)
    try:
        yield out
    finally:
        os.close(out)


def _share(
    work: Callable[[Sequence[T]], list[Any]], parts: Sequence[Sequence[T]], tickets: int
) -> dict[int, list[Any]]:
    done = {}
    while ticket := os.read(tickets, 1):
        done[ticket[0]] = work(parts[ticket[0]])
    return done


def _start(work: Callable[[Sequence[T]], list[Any]], parts: Sequence[Sequence[T]], tickets: int) -> Worker:
    out, into = os.pipe()
    number = os.fork()
    if number:
        os.close(into)
        return Worker(number, out)
    code = 1
    try:
        os.close(out)
        with os.fdopen(into, "wb") as stream:
            stream.write(marshal.dumps(_share(work, parts, tickets)))
        code = 0
    finally:
        os._exit(code)


def _result(worker: Worker) -> dict[int, list[Any]]:
    """The parts that a worker did; none if it failed."""
    with os.fdopen(worker.pipe, "rb") as stream:
        raw = stream.read()
    _, status = os.waitpid(worker.number, 0)
    if os.waitstatus_to_exitcode(status):
        return {}
    found: dict[int, list[Any]] = marshal.loads(raw)  # noqa: S302 -- from a process of our own
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
