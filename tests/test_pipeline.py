"""A build as a whole: the same bytes anywhere, all or nothing, and every case accounted for."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.build import build_annex, build_report
from reprisal_cli.pipeline.prepare import FaultyWorkspaceError
from tests.support.builders import HRC_60, put, put_case, with_manuscript, workspace
from tests.support.builders import published as sound

FORMATS = ["docx", "pdf", "html"]
COMMAND = [sys.executable, "-m", "reprisal_cli", "build", "report"]


def make(folder: Path) -> Path:
    cases = [sound(), sound("XXB-2025-101", "It was reported that {p1} was followed.^[A note.]", also_states=["XXA"])]
    return workspace(
        folder, cases, [with_manuscript("x")], files={"templates/manuscript/x.md": "# H\n\n{{ cases | count }}."}
    )


def listed(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


@pytest.mark.slow
def test_the_same_workspace_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """In another folder, from another place, in another time zone and language, at another time, with other hashes."""
    first, second = make(tmp_path / "one"), make(tmp_path / "deeper" / "a b" / "two")
    for path in second.rglob("*"):
        os.utime(path, (1, 1))
    plain = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    other = {
        **plain,
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "5",
        "COLUMNS": "20",
    }
    subprocess.run(
        [*COMMAND, "--out", str(tmp_path / "a")], cwd=first, env={**plain, "TZ": "UTC"}, check=True, capture_output=True
    )
    command = [sys.executable, "-m", "reprisal_cli", "-C", str(second), "build", "report", "--out", str(tmp_path / "b")]
    subprocess.run(command, cwd="/", env=other, check=True, capture_output=True)
    one, two = listed(tmp_path / "a"), listed(tmp_path / "b")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert str(tmp_path).encode() not in b"".join(one.values())


def test_a_build_writes_nothing_into_the_cases_and_the_same_twice(tmp_path: Path) -> None:
    folder = make(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    built = build_report(folder, None, ["docx", "html"], None, None)
    assert built.folder == folder / "build" / "hrc-60"
    first = listed(built.folder)
    again = listed(build_report(folder / "cases", None, ["docx", "html"], None, None).folder or tmp_path)
    assert first == again
    assert {path: path.read_bytes() for path in before} == before


def test_the_manifest_fits_the_files(tmp_path: Path) -> None:
    folder = make(tmp_path)
    built = build_report(folder, None, ["html"], tmp_path / "out", None)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert set(manifest["written"]) == set(built.files) - {"manifest.json"}
    for name, digest in manifest["written"].items():
        assert digest == _digest(tmp_path / "out" / name)
    for path, digest in manifest["read"].items():
        assert digest == _digest(folder / path)
    wanted = {
        "reprisal.yaml",
        "cases/XXA/XXA-2025-101.yaml",
        "templates/editions/hrc-60/edition.yaml",
        "templates/manuscript/x.md",
        "templates/sentences/en.yaml",
        "templates/house/report.css",
    }
    assert wanted <= set(manifest["read"])
    assert set(manifest["tool"]) == {"reprisal", "pandoc", "typst"}


def _digest(path: Path) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_what_is_not_read_does_not_change_the_manifest(tmp_path: Path) -> None:
    folder = make(tmp_path)
    first = listed(build_report(folder, None, ["html"], tmp_path / "a", None).folder or tmp_path)
    put(folder, "cases/XXA/.XXA-2025-101.yaml.swp", "an editor's")
    put(folder, "cases/XXA/XXA-2025-101.yaml~", "an editor's")
    assert first == listed(build_report(folder, None, ["html"], tmp_path / "b", None).folder or tmp_path)


@pytest.mark.parametrize(
    "fault",
    [
        ("cases/XXA/XXA-2025-101.yaml", "id: ["),
        ("cases/XXA/XXA-2025-103.yaml", "id: XXA-2025-103\n"),
        ("templates/manuscript/x.md", "{{ nothing }}"),
        ("templates/manuscript/x.md", "{case XXA-2020-999}"),
    ],
)
def test_an_error_writes_nothing_and_leaves_old_files_alone(tmp_path: Path, fault: tuple[str, str]) -> None:
    folder = make(tmp_path)
    build_report(folder, None, ["html"], None, None)
    before = listed(folder / "build" / "hrc-60")
    put(folder, *fault)
    built = build_report(folder, None, ["html"], None, None)
    assert built.folder is None
    assert built.files == ()
    assert [*built.loaded.found, *built.found] != []
    assert listed(folder / "build" / "hrc-60") == before


def test_faulty_settings_write_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path)
    put(folder, "reprisal.yaml", "edition: hrc-60\nstates: {XXA: A, XXB: B}\ncolour: red\n")
    with pytest.raises(FaultyWorkspaceError) as caught:
        build_report(folder, None, ["html"], None, None)
    assert [(one.name, one.location.path) for one in caught.value.found] == [("unknown-key", "reprisal.yaml")]
    assert not (folder / "build").exists()


@pytest.mark.parametrize(
    ("edition", "formats", "hint"),
    [("hrc-99", ["html"], "hrc-60"), (None, ["html", "tex"], "docx"), (None, ["docx", ""], "docx")],
)
def test_what_cannot_be_built_is_an_error_of_the_tool(
    tmp_path: Path, edition: str | None, formats: list[str], hint: str
) -> None:
    folder = make(tmp_path)
    with pytest.raises(ReprisalError) as caught:
        build_report(folder, edition, formats, None, None)
    assert hint in caught.value.hint
    assert not (folder / "build").exists()


def test_a_manuscript_may_not_lie_outside(tmp_path: Path) -> None:
    folder = make(tmp_path / "w")
    put(tmp_path, "secret.md", "Secret.")
    (folder / "templates/manuscript/link.md").symlink_to(tmp_path / "secret.md")
    (folder / "templates/manuscript/dir").symlink_to(tmp_path)
    for name in (
        "../../../secret",
        "link",
        "dir/secret",
        str(tmp_path / "secret"),
        "../../../../../../etc/passwd",
        "missing",
    ):
        workspace(folder, [], [with_manuscript(name)])
        try:
            built = build_report(folder, None, ["html"], None, None)
        except ReprisalError:
            continue
        assert built.files == (), name
    assert not (folder / "build").exists()


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    """Both into one folder, from two workspaces; what lies there in the end is of one of them."""
    one, two = make(tmp_path / "one"), make(tmp_path / "two")
    put_case(two, sound("XXB-2025-101", "Something else."))
    out = tmp_path / "out"
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda folder: build_report(folder, None, ["docx", "html"], out, None), [one, two] * 3))
    written = json.loads((out / "manifest.json").read_text())["written"]
    assert {name: _digest(out / name) for name in written} == written
    assert sorted(path.name for path in out.iterdir()) == sorted([*written, "manifest.json"])


def test_an_extract_for_a_mechanism_stands_beside_the_report(tmp_path: Path) -> None:
    folder = make(tmp_path)
    build_report(folder, None, ["html"], None, None)
    before = listed(folder / "build/hrc-60")
    built = build_annex(folder, None, "hrc", ["html"], None, None)
    assert "annex-hrc.html" in built.files
    after = listed(folder / "build/hrc-60")
    assert {name: after[name] for name in before} == before
    with pytest.raises(ReprisalError) as caught:
        build_annex(folder, None, "treaty-body", ["html"], None, None)
    assert caught.value.hint == "did you mean `treaty-bodies`?"


def test_an_empty_workspace_builds_and_says_so(tmp_path: Path) -> None:
    folder = workspace(tmp_path, [], [HRC_60])
    built = build_report(folder, None, ["html"], None, None)
    assert built.loaded.read == 0
    assert b"None of the cases" in (folder / "build/hrc-60/report.html").read_bytes()


def test_a_clone_needs_nothing_but_itself(tmp_path: Path) -> None:
    """The cases and templates alone, in another place, build."""
    from tests.support.builders import ROOT

    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "reprisal.yaml", tmp_path)
    assert build_report(tmp_path, "hrc-36", ["html"], None, None).files
