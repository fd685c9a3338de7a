"""`reprisal case new`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

from reprisal_cli.cli.changes import By, answer
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

if TYPE_CHECKING:
    from reprisal_cli.store.new_case import NewCase

_KIND = {"individual": "individual", "group": "group", "organization": "organization"}


def new(
    context: typer.Context,
    by: By,
    state: Annotated[str | None, typer.Option("--state", help="The State concerned, as EGY.", metavar="CODE")] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="For those who work on the case; never printed, holds no name.")
    ] = None,
    record: Annotated[
        str | None, typer.Option("--record", help="individual, group, organization or situation.", metavar="WORD")
    ] = None,
    also_state: Annotated[
        list[str] | None, typer.Option("--also-state", help="Another State concerned.", metavar="CODE")
    ] = None,
    received: Annotated[
        datetime | None,
        typer.Option("--received", help="The day of receipt; else today.", formats=["%Y-%m-%d"], metavar="DATE"),
    ] = None,
    assignee: Annotated[str | None, typer.Option("--assignee", help="Who works on it; else --by.")] = None,
    described: Annotated[
        str | None, typer.Option("--described", help="Words that stand for the person: a woman lawyer.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="What the person is; else as --record.")] = None,
    gender: Annotated[
        str | None, typer.Option("--gender", help="female, male, other, mixed or not-stated.", metavar="WORD")
    ] = None,
    role: Annotated[list[str] | None, typer.Option("--role", help="As human-rights-defender.", metavar="WORD")] = None,
    limb: Annotated[
        str | None, typer.Option("--limb", help="a, b, c or d of operative paragraph 4.", metavar="LETTER")
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="sealed (in the vault), withheld, not-carried or not-stated; no name.")
    ] = "withheld",
    consent: Annotated[str, typer.Option("--consent", help="The level of consent.", metavar="LEVEL")] = "pending",
    body: Annotated[
        list[str] | None, typer.Option("--body", help="With whom the person cooperated: hrc, upr.", metavar="ID")
    ] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="How: side-event, submission….", metavar="WORD")] = None,
    timing: Annotated[str | None, typer.Option("--timing", help="sought, ongoing, past….", metavar="WORD")] = None,
    act: Annotated[
        list[str] | None, typer.Option("--act", help="What is said to have been done: threats.", metavar="WORD")
    ] = None,
    act_date: Annotated[
        str | None, typer.Option("--act-date", help="When (all of them): 2025-01, 2025-01-28.", metavar="DATE")
    ] = None,
    effect: Annotated[
        list[str] | None, typer.Option("--effect", help="self-censorship or anonymity-requested.", metavar="WORD")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Where it came from: ngo, un-field.", metavar="WORD")
    ] = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Open a case: its next id, and a commented file to fill in.

    Asks for what is missing where a terminal is; `case develop` adds further persons, acts and sources. The id is the
    next one of the State and the year of receipt; two branches that take the same one make the same file, and git shows
    the conflict when they meet (docs/casework.md).
    """
    import secrets
    import shlex

    from reprisal_cli.cli.changes import finish
    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.case_develop import word
    from reprisal_cli.pipeline.case_new import new_case
    from reprisal_cli.pipeline.casework import open_casework
    from reprisal_cli.store.new_case import NewCase

    now = day(as_of) or today()
    on: date = day(received) or now
    work = open_casework(context.obj, now)
    asked = _Asked(sys.stdin.isatty())
    code = asked.word("--state", "State concerned, as EGY", state, "states")
    kind_of_case = asked.word("--record", "Record (individual, group, organization, situation)", record, "records")
    what = asked.text("--title", "Title, for those who work on it (never printed; no name)", title)
    persons = []
    if kind_of_case != "situation" or described is not None:
        given = _Person(described, gender, kind or _KIND.get(kind_of_case), role, limb, name, consent)
        persons.append(_person(asked, given))
    bodies = asked.words(
        "--body", "Bodies that were cooperated with, commas between, as hrc, upr, sr-defenders", body, "bodies"
    )
    effects = [word("effects", one, "--effect") or "" for one in effect or ()]
    acts = (
        [] if effects and not act else asked.words("--act", "Acts, commas between, as threats, travel-ban", act, "acts")
    )
    asked.end()
    how = {"mode": word("cooperation-modes", mode, "--mode"), "timing": word("timings", timing, "--timing")}
    sources = _sources(source or (), on)

    def made(case_id: str) -> NewCase:
        return NewCase(
            id=case_id,
            title=what,
            record=kind_of_case,
            state=code,
            also_states=[word("states", one, "--also-state") or "" for one in also_state or ()],
            received=on,
            by=by,
            assignee=assignee or by,
            mark=secrets.token_hex(6),
            persons=persons,
            cooperation=[_filled({"body": one, **how}) for one in bodies],
            acts=_acts(acts, act_date, [one["ref"] for one in sources]),
            effects=effects,
            sources=sources,
        )

    change = new_case(work, made, code, on.year)
    finish(change, form=output_format)
    if output_format == "json":
        return
    case_id = change.message.partition(":")[0]
    say(f"another person, act, body or source: `reprisal case develop {case_id}`; then the first step:")
    say(f"  reprisal case set-status {case_id} screened --by {shlex.quote(by)}")


class _Person(Struct, frozen=True):
    """What the options say of the one who is affected."""

    described: str | None
    gender: str | None
    kind: str | None
    roles: Sequence[str] | None
    limb: str | None
    name: str
    consent: str


def _person(asked: _Asked, given: _Person) -> dict[str, Any]:
    """The person as in the file, in the order of its keys."""
    from reprisal_cli.pipeline.case_develop import word

    words = asked.text("--described", "Words that stand for those affected, as `a woman lawyer`", given.described)
    gender = asked.word("--gender", "Gender (female, male, other, mixed, not-stated)", given.gender, "genders")
    return _filled(
        {
            "ref": "p1",
            "kind": word("person-kinds", given.kind, "--kind") or "individual",
            "roles": [word("roles", one, "--role") for one in given.roles or ()],
            "gender": gender,
            "limb": word("limbs", given.limb, "--limb"),
            "described": words,
            "name": word("name-words", given.name, "--name"),
            "consent": {"level": word("consent-levels", given.consent, "--consent")},
        }
    )


def _sources(kinds: Sequence[str], on: date) -> list[dict[str, Any]]:
    from reprisal_cli.pipeline.case_develop import word

    return [
        {"ref": f"s{number}", "kind": word("source-kinds", kind, "--source"), "received": f"{on}"}
        for number, kind in enumerate(kinds, 1)
    ]


def _acts(types: Sequence[str], when: str | None, sources: Sequence[str]) -> list[dict[str, Any]]:
    return [
        _filled({"ref": f"a{number}", "type": one, "date": when, "assertion": "alleged", "sources": list(sources)})
        for number, one in enumerate(types, 1)
    ]


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value not in (None, "", [])}


def _parts(given: Sequence[str]) -> list[str]:
    return [part.strip() for text in given for part in text.split(",") if part.strip()]


class _Asked:
    """What has to be known, from options or, on a terminal, from answers. It is a class because what is missing is told
    all at once."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal
        self.missing: list[str] = []

    def text(self, option: str, question: str, given: str | None) -> str:
        """One line of text."""
        if given is None and self.terminal:
            return str(typer.prompt(question, err=True)).strip()
        if given is None:
            self.missing.append(option)
        return given or ""

    def word(self, option: str, question: str, given: str | None, list_name: str) -> str:
        """A word of a list; on a terminal the question is put again until it is one."""
        from reprisal_cli.pipeline.case_develop import word

        if given is not None or not self.terminal:
            return word(list_name, self.text(option, question, given) or None, option) or ""
        return answer(question, lambda text: word(list_name, text, option))

    def words(self, option: str, question: str, given: list[str] | None, list_name: str) -> list[str]:
        """One word of a list or several, with commas between."""
        from reprisal_cli.pipeline.case_develop import word

        if given or not self.terminal:
            parts = _parts(given or [self.text(option, question, None)])
            return [word(list_name, one, option) or "" for one in parts]
        return _parts([answer(question, lambda text: [word(list_name, one, option) for one in _parts([text])])])

    def end(self) -> None:
        """Raises ReprisalError if something is missing."""
        from reprisal_cli.diagnostic import ReprisalError

        if self.missing:
            raise ReprisalError(
                f"this is needed too: {', '.join(self.missing)}", "on a terminal `reprisal case new` asks for it"
            )
