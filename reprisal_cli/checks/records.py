"""RC1: records and references: what identifies a case, and what its items point to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set

from reprisal_cli.checks.desk import Desk, Entry, Index, text_references
from reprisal_cli.diagnostic import Location, Related
from reprisal_cli.model.case import Case
from reprisal_cli.model.values import USER_STATES
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.root import MARKER

_ITEMS = ("persons", "cooperation", "acts", "sources", "un_actions", "responses", "measures", "developments")
_REFS = re.compile(r"\{([pur][0-9]{1,4})\}", re.ASCII)
_SOURCED = frozenset({"acts", "measures", "developments"})


@check("RC101")
def id_not_the_file_name(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An id equals the file name, and its first part the folder.

    What it does: compares `id` with the path of the file, `cases/STATE/ID.yaml`.
    Why it is bad: a case is found by its path, and people write the id. Where they differ, a reference, an edit or a
    seal of the vault goes to the wrong case (case format: "equals the file name, its first part the folder").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-003.yaml
    id: XXA-2025-004
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-003.yaml
    id: XXA-2025-003
    ```
    """
    name = file.path.rpartition("/")[2]
    if name != f"{file.case.id}.yaml":
        yield Finding(("id",), "the id is not the name of the file", "rename the file, or correct the id")
    elif file.path != f"{desk.settings.cases}/{file.case.id[:3]}/{name}":
        right = f"{desk.settings.cases}/{file.case.id[:3]}/"
        yield Finding(("id",), "the folder is not that of the State in the id", f"move the file to {right}")


@check("RC102")
def duplicate_id(index: Index, desk: Desk) -> Iterator[Finding]:
    """An id belongs to one case, and its serial is never used again.

    What it does: looks for cases with one id, and for ids that differ by leading zeros of the serial alone.
    Why it is bad: what is said of one case is taken for the other, and one of the two is lost in counts (case format:
    an id "never changes, never reused").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-0002.yaml
    id: XXA-2025-0002
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-003.yaml
    id: XXA-2025-003
    ```
    """
    by_serial: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in index.entries:
        by_serial[entry.id[:8], int(entry.id[9:])].append(entry)
    for same in by_serial.values():
        for entry in same if len(same) > 1 else ():
            others = [other for other in same if other is not entry]
            yield Finding(
                ("id",),
                f"this State, year and serial are also those of {', '.join(other.path for other in others)}",
                "give the younger case the next free serial, and rename its file",
                entry.path,
                tuple(Related(Location(other.path, ("id",)), "the same serial") for other in others),
            )


@check("RC103")
def duplicate_ref(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A `ref` is unique in its file.

    What it does: looks for a `ref` that two items of a case have.
    Why it is bad: a text or an item that names it means two people, or two actions, and nobody can say which (case
    format: "unique in the file, never reused").

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats}
      - {ref: a1, type: surveillance}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats}
      - {ref: a2, type: surveillance}
    ```
    """
    seen: dict[str, tuple[str, int]] = {}
    case = file.case
    for field in _ITEMS:
        for index, item in enumerate(getattr(case, field)):
            ref = item.ref
            if ref is None:
                continue
            if ref in seen:
                first = Related(Location(file.path, (*seen[ref], "ref")), "the same ref")
                yield Finding(
                    (field, index, "ref"),
                    f"{ref} stands in the file a second time",
                    "use the next free number",
                    related=(first,),
                )
            else:
                seen[ref] = (field, index)


@check("RC104")
def reference_to_nobody(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An item names persons, sources and actions that are in the file.

    What it does: looks up every ref in `persons`, `sources` and the `to` of a response.
    Why it is bad: an item that concerns nobody in the file is told of nobody, or of everybody; a source that is not
    there corroborates nothing (case format: an item that is referred to has a `ref`).

    Example:
    ```yaml
    measures:
      - {type: investigation-opened, date: 2025-06, sources: [s9]}
    ```
    Use instead:
    ```yaml
    measures:
      - {type: investigation-opened, date: 2025-06, sources: [s2]}
    ```
    """
    case = file.case
    persons = {item.ref for item in case.persons}
    sources = {item.ref for item in case.sources}
    for field in _ITEMS[1:]:
        for index, item in enumerate(getattr(case, field)):
            if item.persons and not persons.issuperset(item.persons):
                yield from _dangling((field, index, "persons"), item.persons, persons)
            if field in _SOURCED and item.sources and not sources.issuperset(item.sources):
                yield from _dangling((field, index, "sources"), item.sources, sources)
    if case.responses:
        actions = {item.ref for item in case.un_actions}
        for index, response in enumerate(case.responses):
            if response.to is not None and response.to not in actions:
                yield Finding(("responses", index, "to"), "no entry of `un_actions` has this ref", _known(actions))


def _dangling(route: tuple[str, int, str], refs: tuple[str, ...], known: Set[str]) -> Iterator[Finding]:
    for place, ref in enumerate(refs):
        if ref not in known:
            yield Finding((*route, place), f"no entry of `{route[2]}` has this ref", _known(known))


@check("RC105")
def text_reference_to_nobody(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text refers only to persons, actions and responses that are in the file.

    What it does: looks up every `{p1}`, `{u1}` and `{r1}` of a text.
    Why it is bad: nothing can be printed in its place, so the document cannot be made (case format: "a reference that
    points nowhere is an error").

    Example:
    ```yaml
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p9}.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p1}.
    ```
    """
    case = file.case
    if not case.text:
        return
    known = case.text_refs
    if known.issuperset(ref for text in case.text.values() for ref in _REFS.findall(f"{text.main} {text.annex}")):
        return  # whatever of it is a reference, and not literal, is known
    for edition, field, node in text_references(file):
        if node.kind == "item" and node.target not in known:
            yield Finding(("text", edition, field), f"{{{node.target}}} refers to nothing in this file", _known(known))


@check("RC106")
def case_not_known(index: Index, desk: Desk) -> Iterator[Finding]:
    """A case that is referred to exists.

    What it does: looks up the ids in `{case ID}` of texts, in `covers` of responses and in `merged_into`.
    Why it is bad: the reference prints nothing; the shared reply counts for no case; the merged case is lost (case
    format: "a reference that points nowhere is an error").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, covers: [XXA-2025-777], summary: all had been tried in public.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, covers: [XXA-2025-002], summary: all had been tried in public.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    known = index.by_id.keys() | index.unread
    for entry in index.entries:
        for edition, field, name in entry.mentions:
            if name not in known:
                message = f"{{case {name}}}: there is no such case"
                yield Finding(("text", edition, field), message, "check the id", entry.path)
        for position, name in entry.covers:
            if name not in known:
                yield Finding(("responses", position, "covers"), f"there is no case {name}", "check the id", entry.path)
        if entry.merged_into and entry.merged_into not in known:
            yield Finding(("merged_into",), "there is no such case", "check the id", entry.path)


@check("RC107")
def no_persons(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case has persons, unless it is a situation.

    What it does: asks for `persons` in every record but a situation.
    Why it is bad: without them nobody's consent is known, so nothing may be told, and nobody is counted (case format:
    "`persons` unless a situation"; resolution 12/2, operative paragraph 2).

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    persons: REMOVE
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    record: situation
    persons: REMOVE
    ```
    """
    if not file.case.persons and file.case.record != "situation":
        yield Finding((), "`persons` is missing here", "add those affected, or make the record a situation")


@check("RC108")
def no_act(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case has an act or an effect, unless `reports` shows that it is a follow-up.

    What it does: asks for `acts` or `effects` in a case that was never published.
    Why it is bad: a case without either alleges nothing (case format: "one act or effect"; resolution 12/2, operative
    paragraph 2).

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    acts: REMOVE
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    acts: REMOVE
    effects: [self-censorship]
    ```
    """
    case = file.case
    if not case.acts and not case.effects and not case.follows_up:
        hint = "add `acts` or `effects`, or the earlier place in `reports`"
        yield Finding((), "there is neither an act nor an effect", hint)


@check("RC109")
def state_without_name(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A code that ISO leaves to users has a name in reprisal.yaml.

    What it does: looks up XXA to XXZ, wherever a case names a State, in `states` of reprisal.yaml.
    Why it is bad: the State could not be printed, or would be printed as a code (case format: "XXA and XXB are codes
    that ISO leaves to users: the workspace names them").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    also_states: [XXC]
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    also_states: [XXB]
    ```
    """
    named = desk.settings.states
    if MARKER in desk.unread:  # the settings are those of a new workspace, which names none
        return
    for route, code in _states(file.case):
        if code in _USER_STATES and code not in named:
            hint = f"add `states: {{{code}: Exampleland}}` to reprisal.yaml, or use the State's own code"
            yield Finding(route, "the workspace gives this code no name", hint)


_USER_STATES = frozenset(USER_STATES)


def _states(case: Case) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every State that a case names, with its place."""
    yield ("state",), case.state
    for index, code in enumerate(case.also_states):
        yield ("also_states", index), code
    for index, act in enumerate(case.acts):
        if act.actor is not None and act.actor.state is not None:
            yield ("acts", index, "actor", "state"), act.actor.state
    for index, action in enumerate(case.un_actions):
        for place, code in enumerate(action.to):
            yield ("un_actions", index, "to", place), code
    for index, response in enumerate(case.responses):
        yield ("responses", index, "state"), response.state
    for index, entry in enumerate(case.reports):
        if entry.state is not None:
            yield ("reports", index, "state"), entry.state


@check("RC110")
def response_without_content(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A response has a date, a summary, or the day as of which there was none.

    What it does: looks for responses that have none of the three.
    Why it is bad: it says neither that the State replied nor that it did not, and the State's response is to be
    reflected (case format: "a response needs `state` and one of `date`, `none_as_of`, `summary`"; operative
    paragraph 14).

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, none_as_of: hrc-60}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    for index, item in enumerate(file.case.responses):
        if not item.date and item.none_as_of is None and item.summary is None:
            yield Finding(
                ("responses", index),
                "the response says neither when nor what",
                "add `date`, `summary`, or `none_as_of` where there was none",
            )


def _known(refs: Set[str]) -> str:
    return f"the refs here are: {', '.join(sorted(refs))}" if refs else "there is none in this file"


CASE = (
    id_not_the_file_name,
    duplicate_ref,
    reference_to_nobody,
    text_reference_to_nobody,
    no_persons,
    no_act,
    state_without_name,
    response_without_content,
)
INDEX = (duplicate_id, case_not_known)
