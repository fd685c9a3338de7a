"""Keys in the order of the format: two people look for a thing in one place, and a diff shows what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from reprisal_cli.diagnostic import Applicability, Diagnostic, Edit, Fix, Location, Route
from reprisal_cli.rule import warning

ORDER = warning("RC134", "keys-out-of-order")
RULES = (ORDER,)

Child = tuple[int, type[BaseModel] | None, bool]
"""A key's place in the order, the record that it holds if any, and whether it holds them under names of their own."""


def out_of_order(data: Mapping[str, Any], model: type[BaseModel], path: str) -> Iterator[Diagnostic]:
    """A finding for each mapping whose keys are not in the order of its record; the first key that is too late."""
    if not _in_order(data, model):
        yield from _late_keys(data, model, path, ())


def _in_order(data: Mapping[str, Any], model: type[BaseModel]) -> bool:
    """Whether all keys are in order, here and within: nearly always so, and then no places need be known."""
    sorted_, children = _judged(model, tuple(data))
    if not sorted_:
        return False
    for key, child, named in children:
        value = data[key]
        if named:
            value = list(value.values()) if type(value) is dict else ()
        elif type(value) is dict:
            value = (value,)
        if type(value) in (list, tuple):
            for inner in value:
                if type(inner) is dict and not _in_order(inner, child):
                    return False
    return True


def _late_keys(data: Mapping[str, Any], model: type[BaseModel], path: str, route: Route) -> Iterator[Diagnostic]:
    sorted_, children = _judged(model, tuple(data))
    if not sorted_:
        yield _finding(model, list(data), path, route)
    for key, child, named in children:
        for step, inner in _inside(data[key], named):
            yield from _late_keys(inner, child, path, (*route, key, *step))


def keys_at(model: type[BaseModel], route: Sequence[str | int]) -> tuple[str, ...]:
    """The keys that the mapping at a route may have, in their order; none where no record stands there."""
    record = annotation_at(model, route)
    return tuple(_children(record)) if isinstance(record, type) and issubclass(record, BaseModel) else ()


def annotation_at(model: type[BaseModel], route: Sequence[str | int]) -> Any:
    """The type of what stands at a route, None where the format has no such place. An item of a list is meant by any
    step, a number or a reference."""
    found: Any = model
    for step in route:
        if isinstance(found, type) and issubclass(found, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
            found = _bare(fields.get(str(step)))
        elif get_origin(found) in (tuple, dict):
            found = _bare(get_args(found)[get_origin(found) is dict])
        else:
            return None
    return found


def _bare(annotation: Any) -> Any:
    """A type without None and without what is noted beside it."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) in (UnionType, Union) and len(parts) == 1:
        return _bare(parts[0])
    return _bare(parts[0]) if get_origin(annotation) is Annotated else annotation


@lru_cache(maxsize=4096)
def _judged(
    model: type[BaseModel], keys: tuple[str, ...]
) -> tuple[bool, tuple[tuple[str, type[BaseModel], bool], ...]]:
    """Whether keys stand in order, and which of them hold records. Files have few ways to set their keys, so that the
    answer is nearly always known."""
    known = _children(model)
    places = [known[key][0] for key in keys]
    children = tuple((key, child, named) for key in keys for _, child, named in (known[key],) if child is not None)
    return places == sorted(places), children


def _finding(model: type[BaseModel], keys: list[str], path: str, route: Route) -> Diagnostic:
    places = [_children(model)[key][0] for key in keys]
    at = next(index for index in range(1, len(places)) if places[index] < max(places[:index]))
    before = next(key for key, place in zip(keys, places, strict=True) if place > places[at])
    message = f"`{keys[at]}` comes before `{before}` in the order of the format"
    fix = Fix("put the keys in the order of the format", Applicability.SAFE, tuple(_moves(model, keys, route)))
    return ORDER.at(Location(path, (*route, keys[at]), at="key"), message, f"move it above `{before}`", fix=fix)


def _moves(model: type[BaseModel], keys: Sequence[str], route: Route) -> Iterator[Edit]:
    """Keys that stand too late go up, one after the other, each with the comments above it."""
    now = list(keys)
    for at, key in enumerate(sorted(keys, key=lambda one: _children(model)[one][0])):
        if now[at] != key:
            yield Edit((*route, key), now[at], "before")
            now.remove(key)
            now.insert(at, key)


def _inside(value: Any, named: bool) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    """The mappings that a key holds: one, a list of them, or some under names of their own."""
    if isinstance(value, list):
        yield from (((index,), inner) for index, inner in enumerate(value) if isinstance(inner, dict))
    elif isinstance(value, dict) and named:
        yield from (((name,), inner) for name, inner in value.items() if isinstance(inner, dict))
    elif isinstance(value, dict):
        yield (), value


@cache
def _children(model: type[BaseModel]) -> Mapping[str, Child]:
    return {
        field.alias or name: (index, _record(field.annotation), get_origin(field.annotation) is dict)
        for index, (name, field) in enumerate(model.model_fields.items())
    }


def _record(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record(part)) is not None), None)
