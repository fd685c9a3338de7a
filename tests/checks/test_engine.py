"""The registry of rules, and what is kept of a file."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reprisal_cli.checks.desk import Desk, Entry, entry_of, index_of
from reprisal_cli.checks.engine import CASE_CHECKS, INDEX_CHECKS, check_index
from reprisal_cli.checks.facts import check_contents
from reprisal_cli.checks.kept import entry_as_text, entry_from
from reprisal_cli.model.case import Case
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.workspace import load_record, open_workspace
from tests.support.rulebook import AS_OF, FIRST, WHOLE

ALL = (*CASE_CHECKS, *INDEX_CHECKS)


def desk() -> Desk:
    workspace, _ = open_workspace(WHOLE)
    return Desk({edition.id: edition for edition in workspace.editions}, workspace.settings, AS_OF)


def whole() -> CaseFile:
    case, _ = load_record((WHOLE / FIRST).read_bytes(), FIRST, Case)
    assert case is not None
    return CaseFile(FIRST, case)


def test_codes_and_names_are_unique() -> None:
    assert len({one.rule.code for one in ALL}) == len(ALL)
    assert len({one.rule.name for one in ALL}) == len(ALL)


def test_codes_and_names_have_their_form() -> None:
    for one in ALL:
        assert re.fullmatch(r"RC[1-8]\d\d", one.rule.code)
        assert re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)*", one.rule.name)


def test_a_file_is_checked_without_the_others() -> None:
    found, entry, allowed = check_contents({FIRST: (WHOLE / FIRST).read_bytes()}, desk())[FIRST]
    assert (found, allowed) == ([], [])
    assert entry is not None


def test_of_files_that_are_checked_together_each_has_its_own_findings() -> None:
    """They are checked rule by rule, ten at a time."""
    sound = (WHOLE / FIRST).read_bytes()
    faulty = sound.replace(b"status: follow-up", b"status: received", 1)
    contents = {f"cases/XXA/XXA-2025-{number:03}.yaml": sound for number in range(1, 24)}
    wrong = [path for at, path in enumerate(contents) if at % 5 == 3]
    found = check_contents({**contents, **dict.fromkeys(wrong, faulty)}, desk())
    alone = {path: check_contents({path: faulty if path in wrong else sound}, desk())[path] for path in contents}
    assert found == alone
    assert all(len(found[path][0]) > len(found["cases/XXA/XXA-2025-001.yaml"][0]) for path in wrong)


def test_an_entry_is_the_same_after_it_was_kept() -> None:
    """All that rules between cases compare: what is a digest once is one always."""
    entry = entry_of(whole())
    kept = entry_from(entry_as_text(entry))
    assert entry_as_text(kept) == entry_as_text(entry)
    assert type(kept) is Entry
    same = {name for name in Entry.__struct_fields__ if getattr(kept, name) == getattr(entry, name)}
    assert same >= {"path", "id", "state", "status", "covers", "mentions", "editions", "states", "unheard", "silent"}


def test_rules_between_cases_find_the_same_in_kept_entries() -> None:
    entry = entry_of(whole())
    pair = (entry, replace(entry, path="cases/XXA/XXA-2025-009.yaml"))
    kept = [entry_from(entry_as_text(one)) for one in pair]
    found = list(map(repr, check_index(index_of(pair), desk())))
    assert found
    assert list(map(repr, check_index(index_of(kept), desk()))) == found


def test_a_kept_entry_holds_ids_dates_and_words_alone() -> None:
    allowed = r"~[0-9a-f]{16}|[A-Z]{3}(-\d{4}-\d{3,6})?|[a-z]+-\d+|[\d-]{4,10}|[a-z]+(-[a-z]+)*|"
    data = json.loads(entry_as_text(entry_of(whole())))
    assert {text for text in _texts(data[1:]) if not re.fullmatch(allowed, text)} == set()
    assert date(2026, 2, 1) == AS_OF


def _texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []


def test_rules_hold_nothing_of_the_machine() -> None:
    """A check answers to the file, the desk and nothing else: twice the same."""
    raw = (Path(WHOLE) / FIRST).read_bytes().replace(b"gender: female", b"gender: other")
    assert check_contents({FIRST: raw}, desk())[FIRST] == check_contents({FIRST: raw}, desk())[FIRST]
