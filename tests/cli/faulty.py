"""A step of `nowhere.py` in a process of its own, which fails or ends at one of its writes, fsyncs and renames.

The process comes out of this one, so that a run takes as long as the command alone.
"""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from string import Template
from typing import Any
from unittest import mock

from reprisal_cli.store import write
from tests.cli.nowhere import Desk, parsed
from tests.cli.run import Ran, reprisal


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(number: int) -> Callable[[], None]:
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


class Fault:
    """Counts what reaches the disk, and at one of these steps fails, or ends this process."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.at, self.act, self.kinds = at, act, list[str]()

    def step(self, kind: str) -> None:
        self.kinds.append(kind)
        if len(self.kinds) == self.at:
            self.act()

    def wrap(self, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.step(kind)
            return real(*arguments, **named)

        return call

    def opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """A file of which half is written when the disk is full or the process ends."""

        def call(handle: int, *arguments: Any, **named: Any) -> Any:
            stream = real(handle, *arguments, **named)
            if "w" not in (arguments[0] if arguments else named.get("mode", "r")):
                return stream
            fault = self

            class Half(io.RawIOBase):
                def write(self, content: bytes) -> int:
                    os.write(handle, content[: len(content) // 2])
                    fault.step("write")
                    os.write(handle, content[len(content) // 2 :])
                    return len(content)

                def flush(self) -> None:
                    pass

                def close(self) -> None:
                    stream.close()

            return Half()

        return call


def faulty(desk: Desk, line: str, at: int, act: Callable[[], None]) -> tuple[str, list[str], str]:
    """Runs a step in a process of its own, with a fault at one of its writes, fsyncs and renames (counted from 1): how
    it ended (`done`, `failed`, `killed`), its steps up to there, what it said."""
    place = desk.base / "desk" / "said.txt"
    child = os.fork()
    if child == 0:
        fault = Fault(at, act)
        with ExitStack() as stack:
            for name in ("replace", "rename"):
                stack.enter_context(mock.patch.object(Path, name, fault.wrap("rename", getattr(Path, name))))
            stack.enter_context(mock.patch.object(os, "fsync", fault.wrap("fsync", os.fsync)))
            stack.enter_context(mock.patch.object(os, "fdopen", fault.opened(os.fdopen)))
            if write._SWAP is not None:
                stack.enter_context(mock.patch.object(write, "_SWAP", fault.wrap("rename", write._SWAP)))
            try:
                ran = here(desk, line)
            except BaseException as problem:
                ran = Ran("", repr(problem), 99)
        place.write_text(f"{ran.code}\n{' '.join(fault.kinds)}\n{ran.out}{ran.err}")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status != 0:
        return "killed", [], ""
    code, kinds, said = place.read_text().split("\n", 2)
    return "done" if code == "0" else f"failed with {code}", kinds.split(), said


def run(desk: Desk, line: str) -> list[str]:
    """Runs a step, which must do what it is for, and gives its steps on the disk. Not in this process: its threads
    would be in the way of a fork."""
    end, kinds, said = faulty(desk, line, 0, kill)
    assert end == "done", f"{line}\n{end}\n{said}"
    return kinds


def here(desk: Desk, line: str) -> Ran:
    _, _, words = parsed(line)
    return reprisal(desk.root, *(Template(word).substitute(desk.places) for word in words))
