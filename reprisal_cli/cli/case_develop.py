"""`reprisal case develop`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reprisal_cli.cli.case_steps import CaseArgument
from reprisal_cli.cli.changes import answer
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

if TYPE_CHECKING:
    from reprisal_cli.pipeline.case_develop import Field

_MANY = frozenset({"persons", "sources", "qualifiers", "by-bodies", "to", "roles"})
_WHOM = {"date": ("date", ""), "persons": ("persons", "")}
_KINDS: Mapping[str, tuple[Field, str, str, Mapping[str, tuple[str, str]]]] = {
    "development": (
        "developments",
        "kind",
        "development-kinds",
        {**_WHOM, "sources": ("sources", ""), "effect": ("effect", "development-effects")},
    ),
    "measure": (
        "measures",
        "type",
        "measures",
        {**_WHOM, "sources": ("sources", ""), "status": ("status", "measure-statuses")},
    ),
    "act": (
        "acts",
        "type",
        "acts",
        {
            **_WHOM,
            "sources": ("sources", ""),
            "mode": ("mode", "act-modes"),
            "actor": ("actor_class", "actor-classes"),
            "actor-kind": ("actor_kind", "actor-kinds"),
            "state-role": ("state_role", "state-roles"),
            "assertion": ("assertion", "assertions"),
            "qualifiers": ("qualifiers", "act-qualifiers"),
        },
    ),
    "action": (
        "un_actions",
        "kind",
        "un-action-kinds",
        {
            **_WHOM,
            "by-bodies": ("by", "bodies"),
            "letter": ("letter", "letters"),
            "number": ("number", ""),
            "to": ("to", "states"),
            "reply-due": ("reply_due", ""),
            "confidential": ("confidential", ""),
        },
    ),
    "source": (
        "sources",
        "kind",
        "source-kinds",
        {
            "date": ("received", ""),
            "persons": ("persons", ""),
            "first-hand": ("first_hand", ""),
            "identity": ("identity", "source-identities"),
            "public": ("public", ""),
        },
    ),
    "cooperation": (
        "cooperation",
        "body",
        "bodies",
        {
            **_WHOM,
            "mode": ("mode", "cooperation-modes"),
            "timing": ("timing", "timings"),
            "link": ("link", "links"),
        },
    ),
    "person": (
        "persons",
        "described",
        "",
        {
            "kind": ("kind", "person-kinds"),
            "roles": ("roles", "roles"),
            "gender": ("gender", "genders"),
            "count": ("count", ""),
            "limb": ("limb", "limbs"),
            "name": ("name", "name-words"),
            "consent": ("consent_level", "consent-levels"),
        },
    ),
}
"""What can be added: the list of the case, the key of its first word and the list that it is of (none: any words), and
the options that it takes, each with its key and the list of its words."""
_OF_ANY_PERSON = {"kind": "individual", "name": "withheld", "consent_level": "pending"}
"""What is true of a person of whom no more was said."""
_NESTED = {"actor_class": ("actor", "class"), "actor_kind": ("actor", "kind"), "consent_level": ("consent", "level")}


def _word(flag: str, help_: str) -> Any:
    return typer.Option(flag, help=help_, metavar="WORD")


def _list(flag: str, help_: str, metavar: str = "WORDS") -> Any:
    return typer.Option(flag, help=f"{help_}; commas between.", metavar=metavar)


def develop(
    context: typer.Context,
    case_id: CaseArgument,
    development: Annotated[str | None, _word("--development", "What happened to the persons: release.")] = None,
    measure: Annotated[str | None, _word("--measure", "What the State did: investigation-opened.")] = None,
    act: Annotated[str | None, _word("--act", "A new act: threats.")] = None,
    action: Annotated[str | None, _word("--action", "What the United Nations did: communication.")] = None,
    source: Annotated[str | None, _word("--source", "Where information came from: ngo, un-field.")] = None,
    cooperation: Annotated[str | None, _word("--cooperation", "Another body cooperated with: hrc.")] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", help="Another person, in the words that stand for them: a brother.", metavar="WORDS"),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="When: 2026, 2026-01, 2026-01-10, FROM/TO.", metavar="DATE")
    ] = None,
    persons: Annotated[str | None, _list("--persons", "Whom it concerns; all if left out", "REFS")] = None,
    sources: Annotated[str | None, _list("--sources", "The sources of it: s1,s2", "REFS")] = None,
    effect: Annotated[str | None, _word("--effect", "Of a development: improved, worsened, unchanged.")] = None,
    status: Annotated[str | None, _word("--status", "Of a measure: announced, under-way, completed.")] = None,
    mode: Annotated[str | None, _word("--mode", "Of an act: online, offline, both; of cooperation: how.")] = None,
    timing: Annotated[str | None, _word("--timing", "Of cooperation: sought, ongoing, past.")] = None,
    link: Annotated[str | None, _word("--link", "Of cooperation: what ties the act to it.")] = None,
    actor: Annotated[str | None, _word("--actor", "Of an act: state, non-state, unknown.")] = None,
    actor_kind: Annotated[str | None, _word("--actor-kind", "Of an act: police.")] = None,
    state_role: Annotated[str | None, _word("--state-role", "Of an act: carried-out, tolerated.")] = None,
    assertion: Annotated[str | None, _word("--assertion", "Of an act: alleged if left out.")] = None,
    qualifiers: Annotated[str | None, _list("--qualifiers", "Of an act: repeated,gendered")] = None,
    by_bodies: Annotated[str | None, _list("--by-bodies", "Who took an action: sr-defenders,wgad", "IDS")] = None,
    letter: Annotated[str | None, _word("--letter", "Of a communication: AL, UA, OL, JAL, JUA.")] = None,
    number: Annotated[
        str | None,
        typer.Option("--number", help="Of an action: EGY 4/2020, a symbol, note-verbale:EDITION.", metavar="TEXT"),
    ] = None,
    to: Annotated[str | None, _list("--to", "The States that an action was put to", "CODES")] = None,
    reply_due: Annotated[
        str | None, typer.Option("--reply-due", help="The day until which a reply is waited for.", metavar="DATE")
    ] = None,
    confidential: Annotated[bool, typer.Option("--confidential", help="The action is in no document.")] = False,
    first_hand: Annotated[
        str | None, typer.Option("--first-hand", help="Of a source: yes or no.", metavar="WORD")
    ] = None,
    identity: Annotated[str | None, _word("--identity", "Of a source: sealed (in the vault) or public.")] = None,
    public: Annotated[
        str | None, typer.Option("--public", help="Of a public source: the document, its paragraph.", metavar="TEXT")
    ] = None,
    kind_: Annotated[str | None, _word("--kind", "Of a person: individual if left out.")] = None,
    gender: Annotated[str | None, _word("--gender", "Of a person: female, male, other, mixed, not-stated.")] = None,
    roles: Annotated[str | None, _list("--roles", "Of a person: relative,witness")] = None,
    count: Annotated[
        str | None, typer.Option("--count", help='Of persons: a number, "at least 31", unknown.', metavar="NUMBER")
    ] = None,
    limb: Annotated[
        str | None, typer.Option("--limb", help="Of a person: a, b, c or d of operative paragraph 4.", metavar="LETTER")
    ] = None,
    name: Annotated[
        str | None,
        _word("--name", "Of a person: withheld if left out; sealed, not-carried, not-stated; no name."),
    ] = None,
    consent: Annotated[
        str | None, typer.Option("--consent", help="Of a person: the level; pending if left out.", metavar="LEVEL")
    ] = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Add what has happened: a development, a measure, an act, an action of the United Nations; a source, a body, a
    person.

    One of these a call; the reference (a3, u2, s4, p2) is allotted. Then `set-status` takes the case on.
    """
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.case_develop import develop as add
    from reprisal_cli.pipeline.casework import open_casework

    kinds = {
        "development": development,
        "measure": measure,
        "act": act,
        "action": action,
        "source": source,
        "cooperation": cooperation,
        "person": person,
    }
    chosen = [(kind, given) for kind, given in kinds.items() if given is not None]
    if not chosen and sys.stdin.isatty():
        kind, word_, date, gender = _asked(date, gender)
        chosen = [(kind, word_)]
    if len(chosen) != 1:
        hint = f"say one of {', '.join(f'--{kind}' for kind in kinds)}"
        raise ReprisalError("one thing is added at a time", hint)
    (kind, given), options = (
        chosen[0],
        {
            "date": date, "persons": persons, "sources": sources, "effect": effect, "status": status, "mode": mode,
            "timing": timing, "link": link, "actor": actor, "actor-kind": actor_kind, "state-role": state_role,
            "assertion": assertion, "qualifiers": qualifiers, "by-bodies": by_bodies, "letter": letter,
            "number": number, "to": to, "reply-due": reply_due, "confidential": "yes" if confidential else None,
            "first-hand": first_hand, "identity": identity, "public": public, "kind": kind_, "gender": gender,
            "roles": roles, "count": count, "limb": limb, "name": name, "consent": consent,
        },
    )  # fmt: skip
    item = item_of(kind, given, {option: text for option, text in options.items() if text is not None})
    change = add(open_casework(context.obj, day(as_of) or today()), case_id, _KINDS[kind][0], item)
    finish(change, form=output_format)


def _asked(date: str | None, gender: str | None) -> tuple[str, str, str | None, str | None]:
    """What is added, its word, and its day or gender, as somebody at a terminal answers."""
    kind = answer(f"What is added ({', '.join(_KINDS)})", lambda given: _one_of(given, tuple(_KINDS)))
    if kind == "person":
        given = answer("Words that stand for the person, as `a brother`", str)
        return (
            kind,
            given,
            date,
            gender or answer("Gender (female, male, other, mixed, not-stated)", _of("genders", "--gender")),
        )
    given = answer(f"Which {kind}", _of(_KINDS[kind][2], f"--{kind}"))
    if date is None:
        date = str(
            typer.prompt("When (2026, 2026-01, 2026-01-10; empty: not known)", default="", show_default=False, err=True)
        )
    return kind, given, date.strip() or None, gender


def _of(list_name: str, option: str) -> Callable[[str], object]:
    from reprisal_cli.pipeline.case_develop import word

    return lambda given: word(list_name, given, option)


def _one_of(given: str, known: Sequence[str]) -> None:
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.register.suggest import suggest

    if given not in known:
        meant = suggest(given, known)
        raise ReprisalError("nothing of that kind", f"did you mean {meant}?" if meant else "choose one of those")


def item_of(kind: str, given: str, options: Mapping[str, str]) -> dict[str, Any]:
    """An item of a case from the options. Raises ReprisalError for a word that is in no list, and for an option that
    such an item does not have."""
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.case_develop import word

    _, main, list_name, known = _KINDS[kind]
    item: dict[str, Any] = {main: word(list_name, given, f"--{kind}") if list_name else given}
    if kind == "person":
        if "gender" not in options:
            raise ReprisalError("this is needed too: --gender", "female, male, other, mixed or not-stated")
        item |= _OF_ANY_PERSON
    for option, text in options.items():
        if option not in known:
            raise ReprisalError(f"--{option} is not of --{kind}", f"it takes {', '.join(f'--{one}' for one in known)}")
        key, words = known[option]
        many = option in _MANY
        parts = [part.strip() for part in text.split(",") if part.strip()] if many else [text]
        checked = [word(words, part, f"--{option}") if words else part for part in parts]
        item[key] = checked if many else checked[0]
    for key, (outer, inner) in _NESTED.items():
        if key in item:
            item.setdefault(outer, {})[inner] = item.pop(key)
    return item
