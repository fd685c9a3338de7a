"""Work spread over processes: forked, each with a share of the list, sending back what is small."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
R = TypeVar("R")

FEW = 300
"""Below this many, one process is faster than starting others (measured: `benchmarks/validate.md`)."""
_SHARE = 200


def spread(work: Callable[[Sequence[T]], R], items: Sequence[T]) -> list[R]:
    """What `work` makes of the items, share by share, in their order. `work` must be a function of a module, and what
    it gives must be small; it runs in forked processes where there is enough to do."""
    count = _processors()
    if len(items) < FEW or count == 1:
        with no_collection():
            return [work(items)] if items else []
    shares = [items[start : start + _SHARE] for start in range(0, len(items), _SHARE)]
    gc.freeze()
    try:
        with ProcessPoolExecutor(count, get_context("fork"), initializer=gc.disable) as pool:
            return list(pool.map(work, shares))
    finally:
        gc.unfreeze()


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
