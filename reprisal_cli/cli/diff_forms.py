"""What a change means, as it is printed: for people, as one comment, for programs, as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

from reprisal_cli.cli.output import printable
from reprisal_cli.cli.output_ci import literal
from reprisal_cli.pipeline.diff import Told
from reprisal_cli.review.meaning import CaseChange, Detail, Diff, FileChange, Meaning, Words

MARKER = "<!-- reprisal diff -->"
"""The first line of the comment: what a workflow looks for to update it."""
MOST = 60_000
"""A comment has at most so many signs: GitHub takes 65,536."""
_SIGNS = {"high": "!!", "medium": "!", "low": "", "none": ""}
_MARKS = {"high": "🔴", "medium": "🟠", "low": "⚪", "none": "⚪"}


def account(diff: Diff) -> str:
    """The line that says how much changed, and how much of it is of what risk."""
    files = sum(one.count for one in diff.files)
    risks = ", ".join(f"{count} {risk}" for risk in ("high", "medium", "low") if (count := diff.count(risk)))
    line = f"{_plural(len(diff.cases), 'case')} and {_plural(files, 'other file')} changed"
    return f"{line}; risk of the changes: {risks}" if risks else line


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def detail(one: Detail, gone: bool = False) -> str:
    """One field: `level: pending → public-no-name`; of what is `gone`, what it was."""
    name = one.field.replace("_", " ")
    if one.before is None and one.after is None:
        return f"{name} changed"
    if one.before is None or (gone and one.after is None):
        return f"{name}: {one.after or one.before}"
    return f"{name}: {one.before} → {one.after if one.after is not None else 'taken out'}"


def _details(one: Meaning) -> str:
    return "; ".join(detail(each, is_gone(one)) for each in one.details)


def is_gone(one: Meaning) -> bool:
    """Whether it tells of something that was taken out as a whole."""
    return one.kind.endswith(("-removed", "-withdrawn"))


# --- text -----------------------------------------------------------------------------------------------------------


def text(told: Told) -> str:
    """For people at a terminal."""
    out: list[str] = []
    for case in told.diff.cases:
        out.append(f"{case.id}  {case.path}{_state(case)}")
        out += [line for one in case.changes for line in _lines(one)]
    for file in told.diff.files:
        out.append(file.path or _plural(file.count, "file"))
        out += _lines(file.change)
    out += _more(told)
    return "".join(f"{printable(line)}\n" for line in out)


def _state(case: CaseChange) -> str:
    said = ", ".join(part for part in (case.state, case.status) if part)
    return f"  ({said})" if said else ""


def _lines(one: Meaning) -> Iterator[str]:
    said = _details(one)
    yield f"  {_SIGNS[one.of.risk]:2} {one.of.says}{f'  {one.place}' if one.place else ''}{f': {said}' if said else ''}"
    if one.hidden:
        yield f"       not shown: {one.hidden}"
    for words in one.words:
        yield "       " + "".join(_WRITTEN[tag].format(part) for tag, part in words)


_WRITTEN = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}", "…": " … "}


def _more(told: Told) -> Iterator[str]:
    if told.effect is not None:
        yield f"in the report of {told.effect.edition}:"
        yield from (f"  {line}" for line in told.effect.lines)
    if told.needs is not None:
        yield "sign-offs that this change needs:" if told.needs else "this change needs no sign-off"
        yield from (f"  {'ok     ' if one.met else 'MISSING'} {one.case}  {one.said}" for one in told.needs)


# --- one comment ----------------------------------------------------------------------------------------------------


def markdown(told: Told) -> str:
    """One comment for a pull request, with a marker by which it is found and updated."""
    diff = told.diff
    out = [MARKER, "## What this change means", "", f"{account(diff)}. `{_code(diff.old)}` → `{_code(diff.new)}`", ""]
    out += _needed(told)
    size = sum(map(len, out)) + sum(map(len, _effects(told))) + 500
    left: list[str] = []
    for case in diff.cases:
        lines = [f"### {_MARKS[case.risk]} {literal(case.id)}{literal(_state(case))}", "", *_moved(case)]
        lines += [*(_item(one) for one in case.changes), ""]
        size += sum(len(line) + 1 for line in lines)
        if size > MOST:
            left.append(case.id)
        else:
            out += lines
    for file in diff.files:
        if (size := size + len(_item(file.change)) + 100) <= MOST:
            out += [_file(file), ""]
    if left:
        shown = ", ".join(left[:500])
        out += [f"**{len(left)} more cases are not shown here** (`reprisal diff` shows all): {shown}", ""]
    out += _effects(told)
    return "\n".join(out)


def _code(name: str) -> str:
    return printable(name).replace("`", "'").replace("\n", " ")


def _moved(case: CaseChange) -> list[str]:
    return [f"`{case.before}` → `{case.path}`", ""] if case.before else []


def _file(file: FileChange) -> str:
    named = f"`{_code(file.path)}`" if file.path else _plural(file.count, "file")
    return f"### {_MARKS[file.change.of.risk]} {named}\n\n{_item(file.change)}"


def _item(one: Meaning) -> str:
    says = f"**{literal(one.of.says)}**" if one.of.risk in ("high", "medium") else literal(one.of.says)
    fields = "; ".join(_field(each, is_gone(one)) for each in one.details)
    line = f"- {says}{f' · {literal(one.place)}' if one.place else ''}{f': {fields}' if fields else ''}"
    if one.hidden:
        line += f"\n  - *not shown: {literal(one.hidden)}*"
    for words in one.words:
        line += "\n\n  > " + _marked(words) + "\n"
    return line


def _field(one: Detail, gone: bool) -> str:
    if one.field == "described" or (one.before is None and one.after is None):
        return literal(detail(one))
    name = literal(one.field.replace("_", " "))
    before, after = (f"`{_code(each)}`" if each is not None else None for each in (one.before, one.after))
    if before is None or (gone and after is None):
        return f"{name}: {after or before}"
    return f"{name}: {before} → {after or 'taken out'}"


def _marked(words: Words) -> str:
    written = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>**{}**</ins>", "…": " … "}
    return "".join(_around(written[tag], part) for tag, part in words)


def _around(form: str, part: str) -> str:
    """Marks at the words themselves: `** x**` would not be bold."""
    bare = part.strip()
    if not bare:
        return part
    start = part[: len(part) - len(part.lstrip())]
    return f"{start}{form.format(literal(bare))}{part[len(part.rstrip()) :]}"


def _needed(told: Told) -> list[str]:
    if told.needs is None:
        return []
    missing = [one for one in told.needs if not one.met]
    if not missing:
        return ["**All sign-offs that this change needs are there.**" if told.needs else "It needs no sign-off.", ""]
    head = ["**Sign-offs are missing:**", ""]
    return [
        *head,
        *(f"- [{'x' if one.met else ' '}] {literal(one.case)}: {literal(one.said)}" for one in told.needs),
        "",
    ]


def _effects(told: Told) -> list[str]:
    if told.effect is None:
        return []
    head = [f"### What it does to the report of {literal(told.effect.edition)}", ""]
    return [*head, *(f"- {literal(line)}" for line in told.effect.lines[:100]), ""]


# --- a page ---------------------------------------------------------------------------------------------------------


def html(told: Told) -> str:
    """A page of its own: no script, nothing from elsewhere."""
    diff = told.diff
    parts = [_PAGE, f"<h1>What this change means</h1><p>{escape(account(diff))}. ", f"{escape(printable(diff.old))} → "]
    parts.append(f"{escape(printable(diff.new))}</p>")
    parts += [_section(f"{case.id}{_state(case)}", case.risk, case.changes) for case in diff.cases]
    parts += [_section(one.path or _plural(one.count, "file"), one.change.of.risk, (one.change,)) for one in diff.files]
    more = list(_more(told))
    if more:
        parts.append("<h2>Report and sign-offs</h2><ul>" + "".join(f"<li>{escape(one)}</li>" for one in more) + "</ul>")
    return "\n".join([*parts, "</main></html>", ""])


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>What this change means</title>
<meta name="viewport" content="width=device-width"><style>
body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:52rem;margin:auto;padding:1rem}
h2{border-inline-start:.4rem solid #767676;padding-inline-start:.6rem}h2.high{border-color:#b00020}
h2.medium{border-color:#9a5b00}b{color:#8a0018}del{background:#ffd7d5;color:#5c0011}ins{background:#d2f4d3;color:#0b3d0e}
blockquote{margin:.4rem 0 .8rem;padding:.2rem .8rem;border-inline-start:.2rem solid #bbb}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}b{color:#ff9aa5}}
</style><main>"""


def _section(title: str, risk: str, changes: tuple[Meaning, ...]) -> str:
    items = "".join(_entry(one) for one in changes)
    return f'<h2 class="{risk}">{escape(printable(title))} <small>{risk} risk</small></h2><ul>{items}</ul>'


def _entry(one: Meaning) -> str:
    says = escape(one.of.says)
    line = f"<b>{says}</b>" if one.of.risk == "high" else says
    line += f" {escape(printable(one.place))}" if one.place else ""
    line += f": {escape(printable(_details(one)))}" if one.details else ""
    line += f" <em>not shown: {escape(one.hidden)}</em>" if one.hidden else ""
    tags = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>", "…": " {} "}
    for words in one.words:
        line += (
            "<blockquote>" + "".join(tags[tag].format(escape(printable(part))) for tag, part in words) + "</blockquote>"
        )
    return f"<li>{line}</li>"


def as_json(told: Told) -> str:
    """The tool's own form, with a version."""
    from reprisal_cli.cli.diff_json import as_json as form

    return form(told)


FORMS: Mapping[str, Callable[[Told], str]] = {"text": text, "markdown": markdown, "json": as_json, "html": html}
