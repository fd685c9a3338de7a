"""Runs the rules over cases. The registry is a plain tuple; the order is that of the codes."""

from __future__ import annotations

from collections.abc import Iterator

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
INDEX_CHECKS: tuple[Check[Index, Desk], ...] = (
    *records.INDEX,
    *consistency.INDEX,
    *overdue.INDEX,
    *editions.INDEX,
    *manuscripts.INDEX,
    *registers.INDEX,
    *frozen.INDEX,
    *gates.INDEX,
)


def check_corpus(corpus: Corpus, desk: Desk) -> list[Diagnostic]:
    """All findings about the cases, in order of file."""
    found = [diagnostic for file in corpus.files for diagnostic in check_case(file, desk)]
    index = index_of(entry_of(file) for file in corpus.files)
    found += check_index(index, desk)
    return sorted(found, key=lambda one: one.location.path)


def check_case(file: CaseFile, desk: Desk) -> Iterator[Diagnostic]:
    """What is wrong with one case by itself."""
    path = file.path
    for one in CASE_CHECKS:
        for finding in one.run(file, desk):  # most rules say nothing: no call but their own
            yield _shown(one.rule, finding, path)


def check_index(index: Index, desk: Desk) -> Iterator[Diagnostic]:
    """What is wrong between cases."""
    for one in INDEX_CHECKS:
        for finding in one.run(index, desk):
            yield _shown(one.rule, finding, "")


def _shown(rule: Rule, finding: Finding, path: str) -> Diagnostic:
    place = Location(finding.path or path, finding.route or None)
    return rule.at(place, finding.message, finding.hint, finding.related, finding.fix)
