"""Files of a workspace: nothing but regular files below its root is read, and none is lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.pipeline.build import build_report
from reprisal_cli.pipeline.load import load
from reprisal_cli.pipeline.prepare import FaultyWorkspaceError
from reprisal_cli.store import read
from reprisal_cli.store.read import walk
from reprisal_cli.store.root import find_root
from reprisal_cli.store.workspace import open_workspace
from tests.support.builders import HRC_60, dump, published, put, workspace
from tests.support.rulebook import AS_OF


def make(folder: Path) -> Path:
    return workspace(folder, [published()], [HRC_60])


def refused(folder: Path) -> list[tuple[str, str]]:
    """The faults of files, and that every file is accounted for."""
    loaded = load(folder, AS_OF)
    assert loaded.read == len(loaded.corpus.files) + loaded.refused
    assert [file.case.id for file in loaded.corpus.files] == ["XXA-2025-101"]
    faults = [(one.name, one.location.path) for one in loaded.found]
    assert loaded.refused == len({path for _, path in faults})
    return faults


def test_a_sound_workspace_has_no_fault(tmp_path: Path) -> None:
    assert refused(make(tmp_path)) == []


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = make(tmp_path / "w")
    outside = tmp_path / "outside.yaml"
    outside.write_text(dump(published("XXA-2025-102")))
    (folder / "cases/XXA/XXA-2025-102.yaml").symlink_to(outside)
    (folder / "cases/XXA/XXA-2025-103.yaml").symlink_to("nowhere")
    (folder / "cases/XXB").symlink_to(tmp_path)
    assert refused(folder) == [
        ("not-a-regular-file", f"cases/{name}") for name in ("XXA/XXA-2025-102.yaml", "XXA/XXA-2025-103.yaml", "XXB")
    ]


def test_the_folder_of_cases_may_not_be_a_link_out(tmp_path: Path) -> None:
    folder = make(tmp_path / "w")
    (folder / "cases").rename(tmp_path / "elsewhere")
    (folder / "cases").symlink_to(tmp_path / "elsewhere")
    loaded = load(folder, AS_OF)
    assert loaded.corpus.files == ()
    assert [(one.name, one.location.path) for one in loaded.found] == [("not-a-regular-file", "cases")]
    assert (loaded.read, loaded.refused) == (1, 1)


def test_a_pipe_a_device_and_a_folder_are_no_cases(tmp_path: Path) -> None:
    folder = make(tmp_path)
    os.mkfifo(folder / "cases/XXA/XXA-2025-102.yaml")
    (folder / "cases/XXA/XXA-2025-103.yaml").mkdir()
    assert refused(folder) == [("not-a-regular-file", f"cases/XXA/XXA-2025-{number}.yaml") for number in (102, 103)]


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a stand-in: tests may run as root, who may read all."""
    folder = make(tmp_path)
    put(folder, "cases/XXA/XXA-2025-102.yaml", dump(published("XXA-2025-102")))
    put(folder, "cases/XXB/XXB-2025-001.yaml", dump(published("XXB-2025-001")))
    real_open, real_scan = os.open, os.scandir

    def no_open(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith("102.yaml"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *rest, **more)

    def no_scan(path: Any) -> Any:
        if str(path).endswith("XXB"):
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(read.os, "open", no_open)
    monkeypatch.setattr(read.os, "scandir", no_scan)
    assert refused(folder) == [("unreadable-file", "cases/XXA/XXA-2025-102.yaml"), ("unreadable-file", "cases/XXB")]


NOT_YAML = ("102.yml", "103.YAML", "104", "105.txt", "106.json", "107.yaml.txt", "108.yaml ")


def test_a_folder_of_cases_that_is_none_is_told(tmp_path: Path) -> None:
    """Else nothing would be read, and nothing found."""
    folder = make(tmp_path)
    (folder / "cases").rename(folder / "other")
    put(folder, "cases", "x")
    assert [(one.name, one.location.path) for one in load(folder, AS_OF).found] == [("not-a-regular-file", "cases")]
    put(folder, "reprisal.yaml", "cases: case\nstates: {XXA: Exampleland}\n")
    [one] = load(folder, AS_OF).found
    assert (one.name, one.location.path, one.location.route) == ("unreadable-file", "reprisal.yaml", ("cases",))
    put(folder, "reprisal.yaml", "cases: other\nstates: {XXA: Exampleland}\n")
    assert load(folder, AS_OF).found == []


def test_a_wrong_ending_is_told_and_editors_files_are_passed_over(tmp_path: Path) -> None:
    folder = make(tmp_path)
    for name in (".XXA-2025-101.yaml.swp", "XXA-2025-101.yaml~", "README.md", ".hidden.yaml", "#XXA-2025-101.yaml#"):
        put(folder, f"cases/XXA/{name}", "x")
    put(folder, "cases/XXA/XXA-2025-102.yml", "x")
    for name in ("104", "105.txt", "106.json", "107.yaml.txt", "108.yaml "):
        put(folder, f"cases/XXA/XXA-2025-{name}", "x")
    for name in ("note.txt", "XXA-2025-104-note.pdf", "README", "XXA-2025.json"):
        put(folder, f"cases/XXA/{name}", "x")
    put(folder, "cases/XXA/XXA-2025-103.YAML", "x")
    assert refused(folder) == [("wrong-ending", f"cases/XXA/XXA-2025-{name}") for name in NOT_YAML]


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    folder = make(tmp_path)
    with (folder / "cases/XXA/XXA-2025-102.yaml").open("wb") as file:
        file.truncate(10**12)  # sparse: takes no room
    assert refused(folder) == [("over-the-limit", "cases/XXA/XXA-2025-102.yaml")]


def test_without_cases_there_is_nothing_wrong(tmp_path: Path) -> None:
    assert list(walk(tmp_path, "cases")) == []


# --- the workspace --------------------------------------------------------------------------------------------------


def test_the_workspace_is_the_nearest_folder_with_settings(tmp_path: Path) -> None:
    folder = make(tmp_path)
    assert find_root(folder / "cases/XXA") == folder
    with pytest.raises(ReprisalError) as caught:
        find_root(Path("/proc"))
    assert "reprisal init" in caught.value.hint


def test_a_fault_of_the_settings_or_of_an_edition_is_told_with_its_file(tmp_path: Path) -> None:
    folder = make(tmp_path)
    put(folder, "reprisal.yaml", "edition: hrc-60\nstates: {EGY: x}\ncases: ../outside\n")
    put(
        folder,
        "templates/editions/hrc-61/edition.yaml",
        "id: hrc-61\ntitel: x\nperiod: 2020\ncontents:\n  - nothing: x\n",
    )
    _, found = open_workspace(folder)
    assert sorted((one.location.path, one.name) for one in found) == [
        ("reprisal.yaml", "wrong-form"),
        ("reprisal.yaml", "wrong-form"),
        ("templates/editions/hrc-61/edition.yaml", "unknown-key"),
        ("templates/editions/hrc-61/edition.yaml", "wrong-type"),
    ]
    assert all(isinstance(one, Diagnostic) for one in found)


def test_a_faulty_edition_is_said_to_be_faulty_and_not_to_be_missing(tmp_path: Path) -> None:
    folder = make(tmp_path)
    put(folder, "templates/editions/hrc-61/edition.yaml", "id: hrc-61\n")
    with pytest.raises(FaultyWorkspaceError):
        build_report(folder, "hrc-61", ["html"], None, None)


def test_a_missing_edition_is_no_fault_of_the_data(tmp_path: Path) -> None:
    folder = make(tmp_path)
    with pytest.raises(ReprisalError) as caught:
        build_report(folder, "hrc-99", ["html"], None, None)
    assert not isinstance(caught.value, FaultyWorkspaceError)
    assert "hrc-60" in caught.value.hint
    assert not (folder / "build").exists()
