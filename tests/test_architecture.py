"""What CONTRIBUTING.md promises of the code, looked for in the code."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "reprisal_cli"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
BELOW_CLI = [name for name in MODULES if not name.startswith(("cli/", "__main__"))]

LINES = 320

DOORS = {
    "yaml": ("events.py",),
    "pypandoc": ("render/pandoc.py",),
    "typst": ("render/pdf.py",),
    "markdown_it": ("model/prose.py",),
    "pyrage": ("protect/vault.py",),
    "jinja2": ("compile/manuscript.py", "render/"),
    "subprocess": ("review/git.py", "cli/editor.py", "protect/receipt.py"),
    "pypdf": ("protect/scan/",),
    "ahocorasick": ("protect/scan/match.py",),
    "cryptography": ("protect/sshsig.py", "protect/sshkey.py"),
    "typer": ("cli/",),
    "click": ("cli/",),
    "rich": ("cli/",),
    "starlette": ("cli/preview_app.py",),
    "uvicorn": ("cli/preview.py",),
    "watchfiles": ("cli/",),
}
"""A foreign thing, and the modules or folders that may import it. What is not there yet opens no door by itself."""

NETWORK = {"urllib.request", "http.client", "http.server", "socket", "ssl", "requests", "httpx", "ftplib", "smtplib"}
OF_THE_MACHINE = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "os.environ",
    "os.getenv",
    "sys.argv",
    "sys.stdin",
    "sys.stdout",
    "sys.stderr",
    "getpass.getuser",
    "locale.getlocale",
    "Path.cwd",
    "os.getcwd",
    "random.random",
    "uuid.uuid4",
}
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "rmdir", "symlink_to"}
MAY_WRITE = (
    "store/write.py",
    "store/together.py",
    "store/undo.py",
    "render/pandoc.py",
    "render/docx.py",
    "render/pdf.py",
    "protect/memory.py",
)
"""The first for good; those of `render` into a temporary folder, for pandoc and typst to read; the last into a folder
that lies in memory, for somebody who edits what is sealed."""
OPENING = {"open", "print", "input", "breakpoint", "eval", "exec", "__import__"}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((PACKAGE / name).read_text(encoding="utf-8"))


def imports(name: str) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def dotted(node: ast.AST) -> str:
    """`a.b` of an attribute of a name, its last two parts; or the name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value).rpartition('.')[2]}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(name: str) -> Iterator[str]:
    return (dotted(node.func) for node in ast.walk(tree(name)) if isinstance(node, ast.Call))


def test_imports_point_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("foreign", DOORS)
def test_each_foreign_thing_has_one_door(foreign: str) -> None:
    through = {name for name in MODULES if any(module.split(".")[0] == foreign for module in imports(name))}
    assert {name for name in through if not name.startswith(DOORS[foreign])} == set()


def test_nothing_reaches_for_the_network() -> None:
    assert {name: found for name in MODULES if (found := NETWORK & set(imports(name)))} == {}


@pytest.mark.parametrize("name", BELOW_CLI)
def test_below_the_command_line_nothing_asks_the_machine_or_prints(name: str) -> None:
    used = {dotted(node) for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
    assert used & OF_THE_MACHINE == set()
    assert OPENING & set(calls(name)) == set()


@pytest.mark.parametrize("name", MODULES)
def test_files_are_written_in_one_place(name: str) -> None:
    written = {call for call in calls(name) if call.rpartition(".")[2] in WRITING}
    assert not written or name in MAY_WRITE
    assert not written or {"tempfile", "reprisal_cli.store.write.temporary"} & {*imports(name)}


@pytest.mark.parametrize("name", MODULES)
def test_only_disclosure_makes_a_public_corpus(name: str) -> None:
    made = any(call.rpartition(".")[2] == "PublicCorpus" for call in calls(name))
    assert made == (name == "protect/disclose.py")


@pytest.mark.parametrize("name", [name for name in MODULES if name.endswith("__init__.py")])
def test_a_package_holds_a_docstring_and_nothing_else(name: str) -> None:
    body = tree(name).body
    assert len(body) == 1
    assert ast.get_docstring(tree(name))


@pytest.mark.parametrize("name", MODULES)
def test_a_name_has_one_place_to_import_it_from(name: str) -> None:
    """Nothing is imported to be passed on: no `__all__`, no `import x as x`, and no name from a module that only has it
    from another."""
    assert "__all__" not in {node.id for node in ast.walk(tree(name)) if isinstance(node, ast.Name)}
    for node in ast.walk(tree(name)):
        if not isinstance(node, ast.ImportFrom):
            continue
        assert all(alias.asname != alias.name for alias in node.names)
        target = (node.module or "").removeprefix("reprisal_cli.").replace(".", "/") + ".py"
        if target in MODULES and (node.module or "").startswith("reprisal_cli"):
            assert {alias.name for alias in node.names} <= defined(target), f"{name} imports from {target}"


@cache
def defined(name: str) -> frozenset[str]:
    """The names that a module makes itself."""
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)


@pytest.mark.parametrize("name", MODULES)
def test_a_file_holds_one_thing(name: str) -> None:
    """Lines are counted without the pages of rules, which stand in `checks/` as docstrings."""
    lines = len((PACKAGE / name).read_text(encoding="utf-8").splitlines())
    assert lines - (pages(name) if name.startswith("checks/") else 0) <= LINES
    assert ast.get_docstring(tree(name)), "a module says in its first line what it is for"


def pages(name: str) -> int:
    """How many lines the docstrings of a module's functions have."""
    functions = [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef)]
    return sum(len((ast.get_docstring(node, clean=False) or "").splitlines()) for node in functions)


def test_a_copy_of_no_machine_is_in_the_repository() -> None:
    """No path of a machine, no address of an index: it works the same for everybody."""
    text = "\n".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("constraints.txt", "pyproject.toml", "Makefile")
    )
    for sign in ("index-url", "find-links", "file://", "/home/", "/work/", "/tmp/", " @ "):
        assert sign not in text
