"""What a change means as a page of its own."""

from __future__ import annotations

from html import escape

from reprisal_cli.cli.diff_said import account, fields, missing, need, state
from reprisal_cli.cli.output import plural, printable
from reprisal_cli.pipeline.diff import Told
from reprisal_cli.review.meaning import Detail, Meaning


def html(told: Told) -> str:
    """A page without scripts, with nothing from elsewhere."""
    diff = told.diff
    parts = [_PAGE, f"<h1>What this change means</h1><p>{escape(account(diff))}. ", f"{escape(printable(diff.old))} → "]
    parts.append(f"{escape(printable(diff.new))}</p>")
    parts += _needed(told)
    parts += [_section(f"{case.id}{state(case)}", case.risk, case.changes, case.about) for case in diff.cases]
    parts += [_section(one.path or plural(one.count, "file"), one.change.of.risk, (one.change,)) for one in diff.files]
    if told.effect is not None:
        parts.append(f"<h2>What it does to the report of {_said(told.effect.edition)}</h2>")
        parts.append(_list([_said(one) for one in told.effect.lines]))
    return "\n".join([*parts, "</main></html>", ""])


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>What this change means</title>
<meta name="viewport" content="width=device-width"><style>
body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:52rem;margin:auto;padding:1rem}
h2{border-inline-start:.4rem solid #767676;padding-inline-start:.6rem}h2.high{border-color:#b00020}
h2.medium{border-color:#9a5b00}b{color:#8a0018}del{background:#ffd7d5;color:#5c0011}ins{background:#d2f4d3;color:#0b3d0e}
blockquote{margin:.4rem 0 .8rem;padding:.2rem .8rem;border-inline-start:.2rem solid #bbb}
small{font-size:.8em;font-weight:normal}.about{color:#595959;margin:.2rem 0}li{margin:.2rem 0;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}b{color:#ff9aa5}.about{color:#aaa}}
</style><main>"""


def _said(text: str) -> str:
    return escape(printable(text))


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"


def _needed(told: Told) -> list[str]:
    if told.needs is None:
        return []
    if not told.needs:
        return ["<p>This change needs no sign-off.</p>"]
    head = missing(told.needs) or "All sign-offs that this change needs are there"
    lines = [
        f"{'✓' if one.met else '✗'} {_said(need(one, told))}{f'<br><code>{_said(one.how)}</code>' if one.how else ''}"
        for one in told.needs
    ]
    return [f"<p><strong>{escape(head)}</strong></p>", _list(lines)]


def _section(title: str, risk: str, changes: tuple[Meaning, ...], about: tuple[Detail, ...] = ()) -> str:
    items = _list([_entry(one) for one in changes])
    what = "".join(f'<p class="about">{_said(one.after or "")}</p>' for one in about if one.field == "case")
    named = "; ".join(f"{_said(one.field)} is {_said(one.after or '')}" for one in about if one.field != "case")
    stands = f'<p class="about">{named}</p>' if named else ""
    return f'<h2 class="{risk}">{_said(title)} <small>{risk} risk</small></h2>{what}{items}{stands}'


def _entry(one: Meaning) -> str:
    says = escape(one.of.says)
    line = f"<b>{says}</b>" if one.of.risk == "high" else says
    line += f" {_said(one.place)}" if one.place else ""
    told = "; ".join(_field(*each) for each in fields(one))
    line += f": {told}" if told else ""
    line += f" <em>not shown: {escape(one.hidden)}</em>" if one.hidden else ""
    tags = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>", "…": " {} "}
    for words in one.words:
        line += "<blockquote>" + "".join(tags[tag].format(_said(part)) for tag, part in words) + "</blockquote>"
    return line


def _field(name: str, before: str | None, after: str | None) -> str:
    if after is None:
        return f"{_said(name)} changed"
    values = " → ".join(_said(each) for each in (before, after) if each is not None)
    return f"{f'{_said(name)}: ' if name else ''}{values}"
