"""Prose in one pass and prose by markdown-it's machine are the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.model import prose
from reprisal_cli.model.prose import inline
from reprisal_cli.model.prose_simple import simple

_PIECES = (
    "* ** {p1} {u12} {case} {reports} { } ^[ ] [ ^ ! \\ _ ( ) . , - + 1 a é word *x* ^[note] ^[] [x](http://a.b) ’"
)
_SPACED = (" ", "b c", "*two words*", "{case XXA-2020-001}", "{ref A/HRC/1, para. 3}", "{ref A[1]}", "^[see {p2}]")


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from((*_PIECES.split(), *_SPACED)), max_size=9).map("".join))
def test_what_is_read_in_one_pass_is_what_the_machine_reads(line: str) -> None:
    nodes = simple(line)
    assert nodes is None or nodes == prose._by_machine(line)


def test_plain_narratives_are_read_in_one_pass() -> None:
    line = "*Reportedly*, {p1} was questioned (*in detail*) on 3 May: see {case XXA-2020-001}.^[{ref A/HRC/1}.]"
    assert simple(line) == prose._by_machine(line) == inline(line)
