"""The pages of rules: as text for a terminal, as Markdown for `docs/rules/`, as JSON for machines."""

from __future__ import annotations

import json
import re
import textwrap
from itertools import groupby
from pathlib import Path
from typing import Any

from reprisal_cli.cli.output import say
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.register.suggest import suggest
from reprisal_cli.review.rulebook import family, rules
from reprisal_cli.rule import Rule
from reprisal_cli.store.write import write_all

VERSION = 1
INDEX = "README.md"
_HEADINGS = re.compile(r"^(What it does|Why it is bad|Example|Use instead):[ \n]*", re.MULTILINE)


def show(code: str | None, form: str) -> str:
    """All rules, or one, in a form. Raises ReprisalError for a code or form that does not exist."""
    if form not in ("text", "json", "markdown"):
        raise ReprisalError("there is no such output format", "choose text, json or markdown")
    if code is None:
        return {"text": _list, "json": _json_all, "markdown": index}[form]()
    one = find(code)
    if form == "json":
        return _dump({"version": VERSION, **_data(one)})
    return page(one) if form == "markdown" else _text(one)


def find(code: str) -> Rule:
    """The rule of a code or a name."""
    by_name = {rule.name: rule for rule in rules().values()}
    found = rules().get(code.upper()) or by_name.get(code.lower())
    if found is None:
        near = suggest(code, [*rules(), *by_name])
        raise ReprisalError("there is no such rule", f"did you mean {near}?" if near else "`reprisal rule` lists all")
    return found


def _list() -> str:
    out: list[str] = []
    for name, members in groupby(rules().values(), key=lambda rule: family(rule.code)):
        out += ["", name]
        out += [f"  {rule.code}  {rule.severity!s:<7}  {rule.name:<36}  {_first(rule)}" for rule in members]
    return "\n".join([*out[1:], "", "`reprisal rule CODE` shows the page of one.", ""])


def _text(rule: Rule) -> str:
    """A page for a terminal: the Markdown itself reads well."""
    head = f"{rule.code} {rule.name}\n{rule.severity}, from the preset {rule.stage} on\n"
    body = readable(rule.doc).replace("```yaml\n", "").replace("```", "")
    return f"{head}\n{body or 'This rule has no page yet.'}\n"


def _json_all() -> str:
    return _dump({"version": VERSION, "rules": [_data(rule) for rule in rules().values()]})


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": family(rule.code),
        "severity": str(rule.severity),
        "stage": str(rule.stage),
        "summary": _first(rule),
        "page": readable(rule.doc),
    }


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _first(rule: Rule) -> str:
    return rule.doc.strip().split("\n\n")[0].replace("\n", " ") if rule.doc.strip() else rule.name


def readable(doc: str) -> str:
    """The docstring of a rule, in which what its test is told (`# file: PATH raw`, `KEY: REMOVE`) is said in words."""
    doc = re.sub(r"^# file: (\S+)( raw)?\n", r"# in \1:\n", textwrap.dedent(doc).strip(), flags=re.MULTILINE)
    return re.sub(r"^(\w+): REMOVE$", r"# without `\1`", doc, flags=re.MULTILINE)


# --- pages in docs/ -------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """The files of `docs/rules/`: name and content."""
    return {INDEX: index()} | {f"{code}.md": page(rule) for code, rule in rules().items()}


def page(rule: Rule) -> str:
    """The page of one rule."""
    doc = textwrap.dedent(rule.doc).strip()
    body = _HEADINGS.sub(lambda found: f"\n## {found[1]}\n\n", doc)
    body = re.sub(r"^```yaml\n# file: (\S+)( raw)?\n", r"In `\1`:\n\n```yaml\n", body, flags=re.MULTILINE)
    body = readable(body)
    body = re.sub(r"\n{3,}", "\n\n", body)
    head = (
        f"# {rule.code}: {rule.name}\n\n{family(rule.code)} · {rule.severity} · from the preset `{rule.stage}` on\n\n"
    )
    foot = "\n\n[All rules](README.md). This page is made from the code by `reprisal rule --write docs/rules`.\n"
    return head + (body or "This rule has no page yet.") + foot


def index() -> str:
    """The list of all rules."""
    out = ["# Rules of `reprisal validate`", "", "Made by `reprisal rule --write docs/rules`.", ""]
    for name, members in groupby(rules().values(), key=lambda rule: family(rule.code)):
        out += [f"## {name}", "", "| Rule | Name | Severity | From preset | What must hold |", "|---|---|---|---|---|"]
        out += [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {rule.stage} | {_cell(_first(rule))} |"
            for rule in members
        ]
        out.append("")
    return "\n".join(out)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write(folder: Path) -> int:
    """Writes the pages. A page of a rule that is no more is named, not deleted."""
    write_all(folder, {name: text.encode() for name, text in pages().items()})
    for name in _left_over(folder):
        say(f"{folder / name}: no rule has this code; delete the page")
    say(f"{folder}: {len(pages())} pages")
    return 0


def check(folder: Path) -> int:
    """Whether the pages are those that would be written: 0, or 1 after saying which are not."""
    wrong = [name for name, text in pages().items() if _read(folder / name) != text.encode()]
    for name in [*wrong, *_left_over(folder)]:
        say(f"{folder / name}: out of date; `reprisal rule --write {folder}`")
    return 1 if wrong or _left_over(folder) else 0


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("RC*.md") if path.name not in pages())
