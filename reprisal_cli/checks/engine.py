"""Runs the rules over cases. The registry is a plain tuple; the order is that of the codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reprisal_cli.checks import (
    as_typed,
    chronology,
    citations,
    communications,
    consent,
    consent_given,
    consent_text,
    consistency,
    editions,
    fields,
    frozen,
    gates,
    history,
    manuscripts,
    overdue,
    publication,
    records,
    registers,
    responses,
    risk,
    signoffs,
    text,
    timeline,
)
from reprisal_cli.checks.desk import Desk, Index, entry_of, index_of
from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.rule import Check, Finding, Rule
from reprisal_cli.store.corpus import CaseFile, Corpus

CASE_CHECKS: tuple[Check[CaseFile, Desk], ...] = (
    *records.CASE,
    *consistency.CASE,
    *fields.CASE,
    *citations.CASE,
    *as_typed.CASE,
    *chronology.CASE,
    *timeline.CASE,
    *consent.CASE,
    *consent_given.CASE,
    *consent_text.CASE,
    *risk.CASE,
    *communications.CASE,
    *responses.CASE,
    *text.CASE,
    *editions.CASE,
    *frozen.CASE,
    *gates.CASE,
    *publication.CASE,
    *history.CASE,
    *signoffs.CASE,
    *frozen.GATES,
)
AT_ONCE = 10
"""So many cases are read and then checked rule by rule: what a processor has at hand of a rule serves for all of them,
and of a case for all rules. One at a time takes a sixth more, a hundred as much as ten (`benchmarks/validate.md`)."""
INDEX_CHECKS: tuple[Check[Index, Desk], ...] = (
    *records.INDEX,
    *consistency.INDEX,
    *as_typed.INDEX,
    *overdue.INDEX,
    *editions.INDEX,
    *manuscripts.INDEX,
    *registers.INDEX,
    *frozen.INDEX,
    *gates.INDEX,
)


def check_corpus(corpus: Corpus, desk: Desk) -> list[Diagnostic]:
    """All findings about the cases, in order of file."""
    found = [diagnostic for listed in check_cases(corpus.files, desk) for diagnostic in listed]
    index = index_of(entry_of(file) for file in corpus.files)
    found += check_index(index, desk)
    return sorted(found, key=lambda one: one.location.path)


def check_case(file: CaseFile, desk: Desk) -> list[Diagnostic]:
    """What is wrong with one case by itself, in the order of the rules."""
    return _checked([file], desk)[0]


def check_cases(files: Sequence[CaseFile], desk: Desk) -> Iterator[list[Diagnostic]]:
    """The same of each of many cases."""
    for at in range(0, len(files), AT_ONCE):
        yield from _checked(files[at : at + AT_ONCE], desk)


def _checked(files: Sequence[CaseFile], desk: Desk) -> list[list[Diagnostic]]:
    found: list[list[Diagnostic]] = [[] for _ in files]
    for one in CASE_CHECKS:
        run, rule = one.run, one.rule
        for file, own in zip(files, found, strict=True):
            for finding in run(file, desk):  # most rules say nothing: no call but their own
                own.append(_shown(rule, finding, file.path))
    return found


def check_index(index: Index, desk: Desk) -> Iterator[Diagnostic]:
    """What is wrong between cases."""
    for one in INDEX_CHECKS:
        for finding in one.run(index, desk):
            yield _shown(one.rule, finding, "")


def _shown(rule: Rule, finding: Finding, path: str) -> Diagnostic:
    place = Location(finding.path or path, finding.route or None)
    return rule.at(place, finding.message, finding.hint, finding.related, finding.fix)
