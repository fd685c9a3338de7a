"""The program as it is installed: a wheel in an environment of its own, without the clone."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints. `PIP_CONSTRAINT` pins what is installed and what builds the wheel."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    env["PIP_CONSTRAINT"] = "constraints.txt"
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".", cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the programs of an environment that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    venv.create(folder, with_pip=True)
    run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", wheel, cwd=ROOT)
    return folder / "bin"


def test_the_templates_travel_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("starter", "house", "sentences"):
        for path in (ROOT / "templates" / folder).rglob("*"):
            if path.is_file():
                assert f"reprisal_cli/templates/{path.relative_to(ROOT / 'templates').as_posix()}" in names
    registers = {f"reprisal_cli/register/data/{path.name}" for path in (ROOT / "reprisal_cli/register/data").iterdir()}
    assert registers <= names


def test_no_case_travels_in_the_wheel(wheel: Path) -> None:
    cases = [name for name in zipfile.ZipFile(wheel).namelist() if "/cases/" in name]
    assert cases == ["reprisal_cli/templates/starter/cases/XXA/XXA-2025-001.yaml"]


def test_an_installed_program_makes_a_workspace_and_builds_it(installed: Path, tmp_path: Path) -> None:
    reprisal = installed / "reprisal"
    run(reprisal, "init", "new", cwd=tmp_path)
    run(reprisal, "validate", "--strict", cwd=tmp_path / "new")
    run(reprisal, "build", "report", cwd=tmp_path / "new")
    built = {path.name for path in (tmp_path / "new" / "build" / "hrc-60").iterdir()}
    assert {"report.docx", "report.pdf", "report.html", "manifest.json"} <= built


def test_the_program_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import reprisal_cli; print(reprisal_cli.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(installed.parent)
