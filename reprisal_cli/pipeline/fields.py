"""Fields of a YAML record by their names (`persons.p1.limb=b`): what is there is changed, what is not is made in its
place, and all else stays byte for byte. `reprisal case set` and `edition set` share it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel

from reprisal_cli.diagnostic import Edit, ReprisalError, Route
from reprisal_cli.model.values import Period
from reprisal_cli.parse import parse
from reprisal_cli.register.suggest import suggest
from reprisal_cli.store.append import append_at, put, replace
from reprisal_cli.store.edit import apply_edit
from reprisal_cli.store.order import annotation_at, keys_at
from reprisal_cli.store.prose_edit import set_text

_NEW = "+"
_STEP = re.compile(r"[a-z0-9_+-]+|[A-Z]{3}")
"""A part of a field's name. Whatever else was typed is not repeated: it may be somebody's name."""


class Form(Struct, frozen=True):
    """What is set: the record of the file, the keys that are closed, each with what changes it instead, and the page
    that lists the keys."""

    model: type[BaseModel]
    closed: Mapping[str, str]
    page: str


class Setting(Struct, frozen=True):
    """A field by the way to it, and what it becomes: text, a list of texts, or None to take it out."""

    steps: tuple[str, ...]
    value: str | list[str] | None


def setting(text: str, form: Form, prose: str | None = None) -> Setting:
    """`KEY=VALUE` as a setting; `prose` is the value where it came from elsewhere. Lists have commas between."""
    key, equals, value = text.partition("=")
    steps = tuple(part.strip() for part in key.strip().split("."))
    if not equals or not all(map(_STEP.fullmatch, steps)):
        raise ReprisalError("this is not KEY=VALUE", "as persons.p1.limb=b, or risk.decision=publish-withheld")
    if steps[0] in form.closed:
        raise ReprisalError(f"`{steps[0]}` is not set by hand", form.closed[steps[0]])
    words = value if prose is None else prose
    if not words.strip():
        raise ReprisalError(f"{key.strip()} has no value", "unknown is left out: --unset takes a key out")
    return Setting(steps, [part.strip() for part in words.split(",")] if _is_list(form, steps, words) else words)


def _is_list(form: Form, steps: Sequence[str], words: str) -> bool:
    """Whether a field takes a list of words. A date takes one where there are several."""
    kind = annotation_at(form.model, steps)
    return get_origin(kind) is tuple and not _of_records(kind) and (Period not in get_args(kind) or "," in words)


def _of_records(kind: Any) -> bool:
    return any(isinstance(part, type) and issubclass(part, BaseModel) for part in get_args(kind))


def write_fields(raw: bytes, form: Form, settings: Sequence[Setting], unset: Sequence[str] = ()) -> bytes | None:
    """The file with its fields set and taken out, or None where that cannot be written with certainty. What is not
    there yet is made, an item of a list by a reference that is new (`p2`) or by `+`; the settings below it make one
    item together."""
    changed: bytes | None = raw
    for name in unset:
        steps = setting(f"{name}=x", form).steps
        changed = _taken_out(changed, steps) if changed is not None else None
    for steps, value in _grouped(settings, changed):
        changed = _made(changed, form, steps, value) if changed is not None else None
    return changed


def names_of(settings: Iterable[Setting], unset: Sequence[str] = ()) -> list[str]:
    """What is set and taken out, for people."""
    return [*dict.fromkeys(".".join(one.steps) for one in settings), *(f"{name} taken out" for name in unset)]


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


def _made(raw: bytes, form: Form, steps: tuple[str, ...], value: Any) -> bytes | None:
    """The file with one value set: changed where it stands, else made in its place."""
    data: Any = parse(raw, "").data
    route: list[str | int] = []
    for step in steps[:-1]:
        place = _place(data, step)
        if place is None:
            raise ReprisalError(f"there is no {'.'.join(steps[:-1])}", f"{form.page} lists the keys")
        route.append(place)
        data = data[place]
    last = _place(data, steps[-1])
    if isinstance(data, list):
        if last is None:
            return append_at(raw, tuple(route), _item(form, tuple(route), steps[-1], value))
        raise ReprisalError(f"{'.'.join(steps)} is an item", "set its fields one by one")
    order = keys_at(form.model, tuple(route))
    if last is None:
        _known(steps, order)
        whole = _as_items(form, tuple(route), steps[-1], value)
        return put(raw, tuple(route), steps[-1], _in_order(form, (*route, steps[-1]), whole), order or tuple(data))
    if isinstance(value, str) and isinstance(data[last], str):
        return _reworded(raw, (*route, last), value)
    return replace(raw, (*route, last), value)


def _reworded(raw: bytes, route: Route, words: str) -> bytes | None:
    """Other words for a text: where they stand, if they are of one line; else as a block, whatever it was before."""
    if "\n" in words:
        return replace(raw, route, words) or set_text(raw, route, words)
    return apply_edit(raw, Edit(route, words)) or set_text(raw, route, words) or replace(raw, route, words)


def _known(steps: Sequence[str], order: Sequence[str]) -> None:
    if order and steps[-1] not in order:
        meant = suggest(steps[-1], order)
        raise ReprisalError(
            f"there is no key {'.'.join(steps)}", f"did you mean {meant}?" if meant else f"there are {', '.join(order)}"
        )


def _as_items(form: Form, route: Route, key: str, value: Any) -> Any:
    """What is to be the first items of a list: `{p1: {…}}` or `{+: {…}}` as a list."""
    if not isinstance(value, dict) or get_origin(annotation_at(form.model, (*route, key))) is not tuple:
        return value
    return [_item(form, (*route, key), ref, inner) for ref, inner in value.items()]


def _item(form: Form, route: Route, ref: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    named = {} if ref == _NEW else {"ref": ref}
    return _in_order(form, (*route, 0), {**named, **value})


def _in_order(form: Form, route: Route, value: Any) -> Any:
    """A mapping with its keys, and those of the mappings in it, in the order of the format."""
    if isinstance(value, list):
        return [_in_order(form, (*route, 0), one) for one in value]
    if not isinstance(value, dict):
        return value
    order = keys_at(form.model, route)
    keys = sorted(value, key=lambda key: order.index(key) if key in order else len(order))
    return {key: _in_order(form, (*route, key), value[key]) for key in keys}


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
