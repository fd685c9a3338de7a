"""The forms of `reprisal diff`: text for people at a terminal, and a table of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reprisal_cli.cli.diff_said import fields, state
from reprisal_cli.cli.output import plural, printable
from reprisal_cli.cli.output_formats import form_in
from reprisal_cli.pipeline.diff import Told
from reprisal_cli.review.meaning import Meaning

_SIGNS = {"high": "!!", "medium": "!", "low": "", "none": ""}


def text(told: Told) -> str:
    """For people at a terminal."""
    out: list[str] = []
    for case in told.diff.cases:
        out.append(f"{case.id}  {case.path}{state(case)}")
        out += [line for one in case.changes for line in _lines(one)]
        out += [f"     {one.field} is {one.after}" for one in case.about if one.field != "case"]
    for file in told.diff.files:
        out.append(file.path or plural(file.count, "file"))
        out += _lines(file.change)
    out += _more(told)
    return "".join(f"{printable(line)}\n" for line in out)


def details(one: Meaning) -> str:
    """The fields of a change: `level: pending → public-no-name`; of what is gone, what it was."""
    return "; ".join(_detail(*each) for each in fields(one))


def _detail(name: str, before: str | None, after: str | None) -> str:
    if after is None:
        return f"{name} changed"
    return f"{f'{name}: ' if name else ''}{f'{before} → ' if before is not None else ''}{after}"


def _lines(one: Meaning) -> Iterator[str]:
    said = details(one)
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
        for one in told.needs:
            how = f"; {one.how}" if one.how else ""
            yield f"  {'ok     ' if one.met else 'MISSING'} {one.case}  {one.said}{how}"


FORMS: Mapping[str, Callable[[Told], str]] = {
    "text": text,
    "markdown": form_in("diff_comment", "markdown"),
    "json": form_in("diff_json", "as_json"),
    "html": form_in("diff_page", "html"),
}
