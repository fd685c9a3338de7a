"""Keys in the order of the format: two people look for a thing in one place, and a diff shows what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from reprisal_cli.diagnostic import Diagnostic, Location, Route
from reprisal_cli.rule import warning

ORDER = warning("RC134", "keys-out-of-order")
RULES = (ORDER,)

Child = tuple[int, type[BaseModel] | None, bool]
"""A key's place in the order, the record that it holds if any, and whether it holds them under names of their own."""


def out_of_order(data: Mapping[str, Any], model: type[BaseModel], path: str, route: Route = ()) -> Iterator[Diagnostic]:
    """A finding for each mapping whose keys are not in the order of its record; the first key that is too late."""
    sorted_, children = _judged(model, tuple(data))
    if not sorted_:
        yield _finding(model, list(data), path, route)
    for key, child, named in children:
        for step, inner in _inside(data[key], named):
            yield from out_of_order(inner, child, path, (*route, key, *step))


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
    return ORDER.at(Location(path, (*route, keys[at]), at="key"), message, f"move it above `{before}`")


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
