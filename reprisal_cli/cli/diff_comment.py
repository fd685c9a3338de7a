"""What a change means as one comment of a pull request, for a reviewer who sees nothing else."""

from __future__ import annotations

from reprisal_cli.cli.diff_said import account, fields, missing, need, state
from reprisal_cli.cli.output import plural, printable
from reprisal_cli.cli.output_ci import cell, literal
from reprisal_cli.pipeline.diff import Need, Told
from reprisal_cli.review.meaning import CaseChange, Detail, FileChange, Meaning, Words

MARKER = "<!-- reprisal diff -->"
"""The first line of the comment: what a workflow looks for to update it."""
MOST = 54_000
"""So many signs are written before cases are only named (at most 9,000 signs more): GitHub takes 65,536."""
_NAMED = 500
_OPEN = 10
"""So many lines of a list are shown at once, the rest on a click."""
_LINES = 100
_MARKS = {"high": "🔴", "medium": "🟠", "low": "⚪", "none": "⚪"}


def markdown(told: Told) -> str:
    """One comment for a pull request, with a marker by which it is found and updated."""
    diff = told.diff
    out = [MARKER, "## What this change means", "", f"{account(diff)}. `{_code(diff.old)}` → `{_code(diff.new)}`", ""]
    out += _needed(told)
    size = sum(map(len, out)) + sum(map(len, _effects(told))) + 500
    left: list[str] = []
    for case in diff.cases:
        lines = _case(case)
        size += sum(len(line) + 1 for line in lines)
        if size > MOST:
            left.append(case.id)
        else:
            out += lines
    for file in diff.files:
        if (size := size + len(_item(file.change)) + 100) <= MOST:
            out += _file(file)
    if left:
        shown = ", ".join(left[:_NAMED])
        are = "case is" if len(left) == 1 else "cases are"
        out += [f"**{len(left)} more {are} not shown here** (`reprisal diff` shows all): {shown}", ""]
    out += _effects(told)
    return "\n".join(out)


def _code(name: str) -> str:
    return printable(name).replace("`", "'").replace("\n", " ")


# --- cases and files ------------------------------------------------------------------------------------------------


def _case(case: CaseChange) -> list[str]:
    out = [f"### {_MARKS[case.risk]} {literal(case.id)}{literal(state(case))}", ""]
    out += [f"*{literal(one.after or '')}*\n" for one in case.about if one.field == "case"]
    out += "\n".join(map(_item, case.changes)).rstrip("\n").split("\n")
    named = [_stands(one) for one in case.about if one.field != "case"]
    return [*out, *(["", "<sub>" + "; ".join(named) + "</sub>"] if named else []), ""]


def _stands(one: Detail) -> str:
    return f"{literal(one.field)} is {literal(one.after or '')}"


def _file(file: FileChange) -> list[str]:
    named = f"`{_code(file.path)}`" if file.path else plural(file.count, "file")
    return [f"### {_MARKS[file.change.of.risk]} {named}", "", _item(file.change).rstrip("\n"), ""]


def _item(one: Meaning) -> str:
    says = f"**{literal(one.of.says)}**" if one.of.risk in ("high", "medium") else literal(one.of.says)
    told = "; ".join(_field(*each) for each in fields(one))
    line = f"- {says}{f' · {literal(one.place)}' if one.place else ''}{f': {told}' if told else ''}"
    if one.hidden:
        line += f"\n  - *not shown: {literal(one.hidden)}*"
    return line + "".join(f"\n\n  > {_marked(words)}" for words in one.words) + ("\n" if one.words else "")


def _field(name: str, before: str | None, after: str | None) -> str:
    if after is None:
        return f"{literal(name)} changed"
    values = [_value(name, each) for each in (before, after) if each is not None]
    return f"{f'{literal(name)}: ' if name else ''}{' → '.join(values)}"


def _value(name: str, value: str) -> str:
    return literal(value) if name == "described" or value == "taken out" else f"`{_code(value)}`"


def _marked(words: Words) -> str:
    written = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>**{}**</ins>", "…": " … "}
    return "".join(_around(written[tag], part) for tag, part in words).strip()


def _around(form: str, part: str) -> str:
    """Marks at the words themselves: `** x**` would not be bold."""
    bare = part.strip()
    if not bare:
        return part
    start = part[: len(part) - len(part.lstrip())]
    return f"{start}{form.format(literal(bare))}{part[len(part.rstrip()) :]}"


# --- sign-offs and the report ---------------------------------------------------------------------------------------


def _needed(told: Told) -> list[str]:
    if told.needs is None:
        return []
    left = [one for one in told.needs if not one.met]
    if not left:
        said = "**All sign-offs that this change needs are there.**" if told.needs else "This change needs no sign-off."
        return [said, ""]
    told_of = sorted(told.needs, key=lambda one: one.met)[:_LINES]
    lines = [f"- [{'x' if one.met else ' '}] {literal(need(one, told))}{_how(one)}" for one in told_of]
    rest = len(told.needs) - len(lines)
    more = [f"- {rest} more: `reprisal diff --require` lists them"] if rest else []
    return [f"**{missing(told.needs)}:**", "", *_folded([*lines, *more], "sign-offs"), ""]


def _how(one: Need) -> str:
    return f"<br>`{_code(one.how)}`" if one.how else ""


def _effects(told: Told) -> list[str]:
    if told.effect is None:
        return []
    lines = [f"- {cell(line)}" for line in told.effect.lines[:_LINES]]
    return [f"### What it does to the report of {literal(told.effect.edition)}", "", *_folded(lines, "effects"), ""]


def _folded(lines: list[str], what: str) -> list[str]:
    """A list of which the end is shown on a click, where it is long."""
    if len(lines) <= _OPEN + 2:
        return lines
    head = f"<details><summary>{len(lines) - _OPEN} more {what}</summary>"
    return [*lines[:_OPEN], "", head, "", *lines[_OPEN:], "", "</details>"]
