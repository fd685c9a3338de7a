"""`reprisal case set`: fields of a case by their names (`persons.p1.limb=b`), in one edit that is judged as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from reprisal_cli.diagnostic import Edit, ReprisalError, Route
from reprisal_cli.model.case import Case
from reprisal_cli.model.values import Period
from reprisal_cli.parse import parse
from reprisal_cli.pipeline.casework import FACTS, Casework, Change, changed
from reprisal_cli.register.suggest import suggest
from reprisal_cli.store.append import append_at, put, replace
from reprisal_cli.store.edit import apply_edit
from reprisal_cli.store.order import annotation_at, keys_at

_NOT_HERE: Mapping[str, str] = {
    "id": "an id never changes",
    "status": "`reprisal case set-status` takes the step",
    "history": "`reprisal case set-status` writes it",
    "signoffs": "`reprisal sign` writes them",
    "reports": "`reprisal publish` writes it",
    "merged_into": "`reprisal case merge` writes it",
    "merged_from": "`reprisal case merge` writes it",
}
_NEW = "+"
_OF_CONSENT = ("RC302", "RC304", "RC305", "RC320")
"""What a consent or a decision on the risk may bring, since it is recorded whatever it forbids: a text that goes too
far now. A name in clear is not among them: it goes in the same edit."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A field by the way to it, and what it becomes: text, a list of texts, or None to take it out."""

    steps: tuple[str, ...]
    value: str | list[str] | None


def setting(text: str, prose: str | None = None) -> Setting:
    """`KEY=VALUE` as a setting; `prose` is the value where it came from elsewhere. Lists have commas between."""
    key, equals, value = text.partition("=")
    steps = tuple(part.strip() for part in key.strip().split("."))
    if not equals or not all(steps):
        raise ReprisalError("this is not KEY=VALUE", "as persons.p1.limb=b, or risk.decision=publish-withheld")
    if steps[0] in _NOT_HERE:
        raise ReprisalError(f"`{steps[0]}` is not set by hand", _NOT_HERE[steps[0]])
    words = value if prose is None else prose
    if not words.strip():
        raise ReprisalError(f"{key.strip()} has no value", "unknown is left out: --unset takes a key out")
    return Setting(steps, [part.strip() for part in words.split(",")] if _is_list(steps, words) else words)


def _is_list(steps: Sequence[str], words: str) -> bool:
    """Whether a field takes a list of words. A date takes one where there are several."""
    kind = annotation_at(Case, steps)
    return get_origin(kind) is tuple and not _of_records(kind) and (Period not in get_args(kind) or "," in words)


def _of_records(kind: Any) -> bool:
    return any(isinstance(part, type) and issubclass(part, BaseModel) for part in get_args(kind))


def set_fields(work: Casework, case_id: str, settings: Sequence[Setting], unset: Sequence[str] = ()) -> Change:
    """The case with the fields set. What is not there yet is made, an item of a list by a reference that is new (`p2`)
    or by `+`; the settings below it make one item together. A consent or a decision on the risk is recorded whatever it
    forbids: that is then told."""
    file = work.file(case_id)
    raw: bytes | None = work.raw(file)
    for name in unset:
        steps = setting(f"{name}=x").steps
        raw = _taken_out(raw, steps) if raw is not None else None
    for steps, value in _grouped(settings, raw):
        raw = _made(raw, steps, value) if raw is not None else None
    names = [*dict.fromkeys(".".join(one.steps) for one in settings), *(f"{name} taken out" for name in unset)]
    heads = ", ".join(dict.fromkeys(name.split(".")[0] for name in names))
    told = (*FACTS, *_OF_CONSENT) if any(name.startswith("risk") or ".consent" in name for name in names) else FACTS
    done = [f"{file.path}: {', '.join(names)}"]
    return changed(work, {file.path: raw}, done, f"{case_id}: {heads}", told)


def _grouped(settings: Sequence[Setting], raw: bytes | None) -> list[tuple[tuple[str, ...], Any]]:
    """Settings below something that is not there yet, put together to one value."""
    data = parse(raw, "").data if raw is not None else {}
    out: dict[tuple[str, ...], Any] = {}
    for one in settings:
        depth = _depth(data, one.steps)
        start, rest = one.steps[: depth + 1], one.steps[depth + 1 :]
        if not rest:
            out[start] = one.value
            continue
        inner = out.setdefault(start, {})
        for step in rest[:-1]:
            inner = inner.setdefault(step, {})
        inner[rest[-1]] = one.value
    return list(out.items())


def _depth(data: Any, steps: Sequence[str]) -> int:
    """How many steps lead to something that is there; a last one that is not is the one to make."""
    for at, step in enumerate(steps):
        place = _place(data, step)
        if place is None:
            return at
        data = data[place]
    return len(steps) - 1


def _place(data: Any, step: str) -> str | int | None:
    """The key or the index that a step means, or None if nothing stands there."""
    if isinstance(data, dict):
        return step if step in data else None
    if isinstance(data, list):
        for index, item in enumerate(data):
            if isinstance(item, dict) and item.get("ref") == step:
                return index
        if step.isdigit() and int(step) < len(data):
            return int(step)
    return None


def _made(raw: bytes, steps: tuple[str, ...], value: Any) -> bytes | None:
    """The file with one value set: changed where it stands, else made in its place."""
    data: Any = parse(raw, "").data
    route: list[str | int] = []
    for step in steps[:-1]:
        place = _place(data, step)
        if place is None:
            raise ReprisalError(f"there is no {'.'.join(steps[:-1])}", "docs/case-format.md lists the keys")
        route.append(place)
        data = data[place]
    last = _place(data, steps[-1])
    if isinstance(data, list):
        if last is None:
            return append_at(raw, tuple(route), _item(tuple(route), steps[-1], value))
        raise ReprisalError(f"{'.'.join(steps)} is an item", "set its fields one by one")
    order = keys_at(Case, tuple(route))
    if last is None:
        _known(steps, order)
        whole = _as_items(tuple(route), steps[-1], value)
        return put(raw, tuple(route), steps[-1], _in_order((*route, steps[-1]), whole), order or tuple(data))
    if isinstance(value, str) and isinstance(data[last], str):
        return apply_edit(raw, Edit((*route, last), value))
    return replace(raw, (*route, last), value)


def _known(steps: Sequence[str], order: Sequence[str]) -> None:
    if order and steps[-1] not in order:
        meant = suggest(steps[-1], order)
        raise ReprisalError(
            f"there is no key {'.'.join(steps)}", f"did you mean {meant}?" if meant else f"there are {', '.join(order)}"
        )


def _as_items(route: Route, key: str, value: Any) -> Any:
    """What is to be the first items of a list: `{p1: {…}}` or `{+: {…}}` as a list."""
    if not isinstance(value, dict) or get_origin(annotation_at(Case, (*route, key))) is not tuple:
        return value
    return [_item((*route, key), ref, inner) for ref, inner in value.items()]


def _item(route: Route, ref: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    named = {} if ref == _NEW else {"ref": ref}
    return _in_order((*route, 0), {**named, **value})


def _in_order(route: Route, value: Any) -> Any:
    """A mapping with its keys, and those of the mappings in it, in the order of the format."""
    if isinstance(value, list):
        return [_in_order((*route, 0), one) for one in value]
    if not isinstance(value, dict):
        return value
    order = keys_at(Case, route)
    keys = sorted(value, key=lambda key: order.index(key) if key in order else len(order))
    return {key: _in_order((*route, key), value[key]) for key in keys}


def _taken_out(raw: bytes, steps: Sequence[str]) -> bytes | None:
    data: Any = parse(raw, "").data
    route: list[str | int] = []
    for step in steps:
        place = _place(data, step)
        if place is None:
            raise ReprisalError(
                f"there is no {'.'.join(steps)} to take out", "`reprisal case show` tells what is there"
            )
        route.append(place)
        data = data[place]
    return apply_edit(raw, Edit(tuple(route), None))
