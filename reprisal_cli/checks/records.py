"""RC1: records and references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from reprisal_cli.checks.desk import Desk, Index, text_references
from reprisal_cli.model.values import USER_STATES
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

_ITEMS = ("persons", "cooperation", "acts", "sources", "un_actions", "responses", "measures", "developments")


@check("RC101")
def id_not_the_file_name(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An id equals the file name, and its first part the folder."""
    folder, name = ("", *file.path.rsplit("/", 2))[-2:]
    if name != f"{file.case.id}.yaml":
        yield Finding(("id",), "the id is not the name of the file", "rename the file, or correct the id")
    elif folder != file.case.id[:3]:
        yield Finding(("id",), "the folder is not that of the State in the id", f"move the file to {file.case.id[:3]}/")


@check("RC102")
def duplicate_id(index: Index, desk: Desk) -> Iterator[Finding]:
    """An id belongs to one case, and is never used again."""
    counts = Counter(entry.id for entry in index.entries)
    for entry in index.entries:
        if counts[entry.id] > 1:
            others = [other.path for other in index.entries if other.id == entry.id and other.path != entry.path]
            yield Finding(("id",), f"the id is also that of {', '.join(others)}", "give one of the two the next serial", entry.path)


@check("RC103")
def duplicate_ref(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A `ref` is unique in its file."""
    seen: set[str] = set()
    for field in _ITEMS:
        for index, item in enumerate(getattr(file.case, field)):
            if item.ref is not None and item.ref in seen:
                yield Finding(
                    (field, index, "ref"), "this ref stands in the file a second time", "use the next free number"
                )
            seen.add(item.ref)


@check("RC104")
def reference_to_nobody(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An item names persons, sources and actions that are in the file."""
    case = file.case
    known = {"persons": {item.ref for item in case.persons}, "sources": {item.ref for item in case.sources}}
    for field in _ITEMS[1:]:
        for index, item in enumerate(getattr(case, field)):
            for name, refs in known.items():
                for place, ref in enumerate(getattr(item, name, ())):
                    if ref not in refs:
                        yield Finding((field, index, name, place), f"no entry of `{name}` has this ref", _known(refs))
    actions = {item.ref for item in case.un_actions}
    for index, response in enumerate(case.responses):
        if response.to is not None and response.to not in actions:
            yield Finding(("responses", index, "to"), "no entry of `un_actions` has this ref", _known(actions))


@check("RC105")
def text_reference_to_nobody(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text refers to persons, actions and responses that are in the file."""
    case = file.case
    known = case.text_refs
    for edition, field, node in text_references(file):
        if node.kind == "item" and node.target not in known:
            yield Finding(("text", edition, field), f"{{{node.target}}} refers to nothing in this file", _known(known))


@check("RC106")
def case_not_known(index: Index, desk: Desk) -> Iterator[Finding]:
    """A case that is referred to exists."""
    for entry in index.entries:
        for edition, field, name in entry.mentions:
            if name not in index.by_id:
                yield Finding(("text", edition, field), f"{{case {name}}}: there is no such case", "check the id", entry.path)
        for position, name in entry.covers:
            if name not in index.by_id:
                yield Finding(("responses", position, "covers"), f"there is no case {name}", "check the id", entry.path)
        if entry.merged_into and entry.merged_into not in index.by_id:
            yield Finding(("merged_into",), "there is no such case", "check the id", entry.path)


@check("RC107")
def no_persons(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case has persons, unless it is a situation."""
    if not file.case.persons and file.case.record != "situation":
        yield Finding((), "`persons` is missing here", "add those affected, or make the record a situation")


@check("RC108")
def no_act(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case has an act or an effect, unless `reports` shows that it is a follow-up."""
    case = file.case
    if not case.acts and not case.effects and not case.follows_up:
        yield Finding((), "there is neither an act nor an effect", "add `acts` or `effects`, or the earlier place in `reports`")


@check("RC109")
def state_without_name(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A code that ISO leaves to users has a name in reprisal.yaml."""
    case = file.case
    for route, code in ((("state",), case.state), *((("also_states", i), c) for i, c in enumerate(case.also_states))):
        if code in USER_STATES and code not in desk.settings.states:
            yield Finding(route, "the workspace gives this code no name", f"add `states: {{{code}: Exampleland}}` to reprisal.yaml")


@check("RC110")
def response_without_content(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A response has a date, a summary, or the day as of which there was none."""
    for index, item in enumerate(file.case.responses):
        if not item.date and item.none_as_of is None and item.summary is None:
            yield Finding(("responses", index), "the response says neither when nor what", "add date, summary or none_as_of")


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
