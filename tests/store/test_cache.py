"""The cache of `validate`: it answers as a check without it would, and holds nothing that could name a person."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from reprisal_cli.pipeline.validate import Checked, validate
from reprisal_cli.store.cache import open_cache

WHOLE = Path(__file__).parents[1] / "examples" / "whole"
AS_OF = date(2026, 2, 1)
FIRST = "cases/XXA/XXA-2025-001.yaml"
SECOND = "cases/XXA/XXA-2025-002.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WHOLE, tmp_path / "workspace"))


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new, 1))


def told(checked: Checked) -> Any:
    return checked.read, checked.refused, sorted(map(repr, checked.found))


def both(root: Path, as_of: date = AS_OF) -> Any:
    """The answer of a check with the cache, which is that of a check without it."""
    answer = told(validate(root, as_of))
    assert answer == told(validate(root, as_of, cached=False))
    assert answer == told(validate(root, as_of))  # once more, now that nothing has changed
    return answer


def cached_text(root: Path) -> str:
    return "\n".join(path.read_text() for path in (root / "build" / "cache").iterdir())


# --- the same answer ------------------------------------------------------------------------------------------------

CHANGES: dict[str, Callable[[Path], object]] = {
    "a case at fault": lambda root: edit(root, SECOND, "gender: female", "gender: femal"),
    "a case that cannot be read": lambda root: (root / SECOND).write_text("id: [\n"),
    "an id that another case has": lambda root: shutil.copy(root / FIRST, root / "cases/XXA/XXA-2025-003.yaml"),
    "a case gone": lambda root: (root / SECOND).unlink(),
    "a case moved": lambda root: (root / SECOND).rename(root / "cases/XXA/XXA-2025-007.yaml"),
    "a link": lambda root: (root / "cases/XXA/XXA-2025-004.yaml").symlink_to("/etc/passwd"),
    "another ending": lambda root: (root / "cases/XXA/XXA-2025-004.yml").write_text("a: b\n"),
    "the settings": lambda root: edit(root, "reprisal.yaml", ", XXB: Otherland", ""),
    "the folder of cases": lambda root: (
        (root / "cases").rename(root / "records"),
        (root / "reprisal.yaml").write_text((root / "reprisal.yaml").read_text() + "cases: 'records'\n"),
    ),
    "an edition": lambda root: edit(
        root, "templates/editions/hrc-60/edition.yaml", "symbol: A/HRC/60/999", "symbol: A/1"
    ),
    "an edition at fault": lambda root: edit(
        root, "templates/editions/hrc-60/edition.yaml", "session: 60", "sesion: 60"
    ),
    "a suppression": lambda root: edit(
        root, SECOND, "status: received", "status: received  # reprisal: allow RC101 -- x"
    ),
    "a severity": lambda root: (root / "reprisal.yaml").write_text(
        (root / "reprisal.yaml").read_text() + "rules: {RC101: error}\n"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_change_is_seen(change: Callable[[Path], object], root: Path) -> None:
    both(root)
    change(root)
    both(root)


def test_a_change_of_the_same_length_in_the_same_moment_is_seen(root: Path) -> None:
    """The time of the last change stays the same, as it does for two changes in one tick of the clock."""
    before = both(root)
    stamp = (root / SECOND).stat()
    edit(root, SECOND, "kind: individual", "kind: individuel")
    edit(root, SECOND, "a woman lawyer", "woman lawyer")
    os.utime(root / SECOND, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert both(root) != before


def test_the_day_is_part_of_the_question(root: Path) -> None:
    early, late = both(root, date(2026, 2, 1)), both(root, date(2046, 1, 1))
    assert early != late
    assert both(root, date(2026, 2, 1)) == early


def test_a_day_on_which_nothing_changed_needs_no_model(root: Path) -> None:
    validate(root, AS_OF)
    said = subprocess.run(
        [sys.executable, "-c", _IMPORTS, str(root)], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert "reprisal_cli.pipeline.validate" in said
    heavy = {"pydantic", "msgspec", "rich", "yaml", "markdown_it", "jinja2", "pypandoc", "reprisal_cli.model.case"}
    assert heavy & set(said) == set()


_IMPORTS = """
import sys, datetime, pathlib
from reprisal_cli.pipeline.validate import validate
validate(pathlib.Path(sys.argv[1]), datetime.date(2026, 2, 1))
print(*sys.modules)
"""


# --- what may happen to it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["verdict", "cases"])
@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "noise", "altered", "older", "link", "pipe", "folder"])
def test_a_cache_that_came_to_harm_is_none(name: str, harm: str, root: Path) -> None:
    before = both(root)
    file = root / "build" / "cache" / name
    raw = file.read_bytes()
    file.unlink()
    chance = random.Random(1)
    if harm == "empty":
        file.write_bytes(b"")
    elif harm == "cut":
        file.write_bytes(raw[: len(raw) // 2])
    elif harm == "noise":
        file.write_bytes(chance.randbytes(4000))
    elif harm == "altered":
        file.write_bytes(raw.replace(b'"read":2', b'"read":9').replace(b"XXA", b"XXB"))
    elif harm == "older":  # whole, and of another form
        body = b'{"version":0,"key":"","rows":[[1]]}'
        file.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    elif harm == "link":
        file.symlink_to("/dev/zero")
    elif harm == "pipe":
        os.mkfifo(file)
    elif harm == "folder":
        file.mkdir()
    assert told(validate(root, AS_OF)) == before
    edit(root, SECOND, "gender: female", "gender: other")
    both(root)


def test_a_cache_that_came_with_the_files_is_none(root: Path, tmp_path: Path) -> None:
    """A verdict that somebody put under `build/` of a branch must not pass for ours."""
    validate(root, AS_OF)
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    assert open_cache(copy, AS_OF).verdict() is None


def test_where_nothing_can_be_written_the_check_is_done_all_the_same(root: Path) -> None:
    (root / "build").write_text("a file")
    assert told(validate(root, AS_OF)) == told(validate(root, AS_OF, cached=False))


def test_a_check_without_cache_writes_nothing(root: Path) -> None:
    validate(root, AS_OF, cached=False)
    assert not (root / "build").exists()


def test_many_changes_are_written_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprisal_cli.store.cache._MOST", 1)
    both(root)
    for word in ("other", "male", "not-stated", "female"):
        edit(root, SECOND, "gender: ", f"gender: {word} # ")
        edit(root, FIRST, "Invented, ", "Invented, now ")
        both(root)


# --- what it holds --------------------------------------------------------------------------------------------------

SECRET = "Zebulon Qwertz"


def test_the_cache_holds_no_value_of_a_case(root: Path) -> None:
    """A name in every field, one after the other, as text, as a key, in lists; sound or at fault: it is not kept."""
    data = yaml.load((root / FIRST).read_text(), yaml.BaseLoader)
    for route in _routes(data):
        for secret in (SECRET, "zebulon", f"note-verbale:{SECRET}", f"{SECRET}.pdf", "zebulon-qwertz.pdf"):
            (root / FIRST).write_text(yaml.safe_dump(_with(data, route, secret), sort_keys=False))
            validate(root, AS_OF)
            assert not re.search("zebulon|qwertz", cached_text(root), re.IGNORECASE), route


def test_the_cache_holds_no_key_of_somebody_s_own(root: Path) -> None:
    data = yaml.load((root / FIRST).read_text(), yaml.BaseLoader)
    for place in (data, data["persons"][0], data["persons"][0]["consent"], data["text"], data["acts"][0]["actor"]):
        for key in ("Zebulon", SECRET, "zebulon-1-q"):
            place[key] = {"Zebulon": "Qwertz"}
            (root / FIRST).write_text(yaml.safe_dump(data, sort_keys=False))
            validate(root, AS_OF)
            assert not re.search("zebulon|qwertz", cached_text(root), re.IGNORECASE), key
            del place[key]


def test_the_cache_is_plain_json(root: Path) -> None:
    validate(root, AS_OF)
    for path in (root / "build" / "cache").iterdir():
        if path.name in ("verdict", "cases"):
            json.loads(path.read_bytes().partition(b"\n")[2])


def _routes(data: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every text in a file."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    below = [found for step, value in steps for found in _routes(value, (*route, step))]
    return below or [route]


def _with(data: Any, route: tuple[Any, ...], value: Any) -> Any:
    if not route:
        return value
    if isinstance(data, dict):
        return {key: _with(item, route[1:], value) if key == route[0] else item for key, item in data.items()}
    return [_with(item, route[1:], value) if place == route[0] else item for place, item in enumerate(data)]


# --- some files -----------------------------------------------------------------------------------------------------


def test_of_many_files_one_is_read_alone_if_nothing_is_known_of_the_others(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reprisal_cli.pipeline.validate.MANY", 2)
    edit(root, SECOND, "gender: female", "gender: femal")
    shutil.copy(root / FIRST, root / "cases/XXA/XXA-2025-003.yaml")
    checked = validate(root, AS_OF, only=frozenset({SECOND}))
    assert checked.alone
    assert (checked.read, checked.refused) == (1, 1)
    assert not (root / "build").exists()
    validate(root, AS_OF)
    again = validate(root, AS_OF, only=frozenset({SECOND}))
    assert not again.alone
    assert again.read == 3
