"""Work spread over processes: all of it is done, whoever does it, also where a process is lost."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from reprisal_cli.store.workers import FEW, spread

US = os.getpid()


def doubled(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def lost(items: Sequence[int]) -> list[int]:
    """What a killed worker leaves: nothing."""
    if os.getpid() != US:
        os._exit(9)
    return doubled(items)


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, FEW + 1, 1234])
def test_every_item_is_worked_on_once(count: int) -> None:
    assert sorted(spread(doubled, range(count))) == [2 * item for item in range(count)]


def test_what_a_lost_process_had_taken_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprisal_cli.store.workers._processors", lambda: 3)
    assert sorted(spread(lost, range(FEW))) == [2 * item for item in range(FEW)]


def test_a_fault_of_the_work_is_told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprisal_cli.store.workers._processors", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        spread(lambda items: [1 // 0 for _ in items], range(FEW))
