"""Edits of a YAML file that leave all else as it is, byte for byte: comments, order, quotes, line ends.

An edit is a splice of the text at the span of its node. What comes out is read again and compared with what should
come out; where it is not that, the edit is not made. So nothing here needs to know all of YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reprisal_cli.diagnostic import Edit, Fix, Route, Span
from reprisal_cli.parse import outline, parse
from reprisal_cli.store.move import Entry, reordered

_LINE_END = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./()+-]*[A-Za-z0-9_./()+-])?\Z")
_BOM = "\ufeff"


def apply_edits(raw: bytes, edits: Iterable[Edit]) -> bytes | None:
    """The file with all the edits made, or None if one of them cannot be made with certainty."""
    for edit in edits:
        changed = apply_edit(raw, edit)
        if changed is None:
            return None
        raw = changed
    return raw


def apply_fix(raw: bytes, fix: Fix) -> bytes | None:
    """The same for a fix, whose texts are those of a case: a block of text keeps the line end that is no part of what
    it says."""
    data = parse(raw, "").data
    return apply_edits(raw, (_ending_as_it_did(edit, data) for edit in fix.edits))


def apply_edit(raw: bytes, edit: Edit) -> bytes | None:
    """The file with one edit made, or None."""
    before = parse(raw, "").data
    spans = outline(raw)
    span = spans.get((edit.route, "key" if edit.at == "before" else edit.at))
    if before is None or span is None:
        return None
    text = raw.decode("utf-8")
    after = _edited(before, edit)
    if edit.at == "before":
        ways = _moves(text, spans, edit, _get(after, edit.route[:-1])) if after is not None else iter(())
    else:
        ways = _candidates(text, span, edit, before)
    for candidate in ways:
        changed = candidate.encode("utf-8")
        if after is not None and _same(parse(changed, "").data, after):
            return changed
    return None


def _ending_as_it_did(edit: Edit, before: Any) -> Edit:
    if edit.text is None or edit.at != "value" or edit.text.endswith("\n"):
        return edit
    old = _at(before, edit.route)
    return Edit(edit.route, edit.text + "\n") if isinstance(old, str) and old.endswith("\n") else edit


def _at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step] if _holds(data, step) else None
    return data


def _same(one: Any, other: Any) -> bool:
    """Whether two files hold the same, in the same order."""
    return json.dumps(one) == json.dumps(other)


# --- what should come out -------------------------------------------------------------------------------------------


def _edited(data: Any, edit: Edit) -> Any:
    """The plain data with the edit made; None if there is no such node, or if nothing would be left."""
    if not edit.route:
        return None
    head, rest = edit.route[0], edit.route[1:]
    if not _holds(data, head):
        return None
    if rest:
        inner = _edited(data[head], Edit(rest, edit.text, edit.at))
        return None if inner is None else _put(data, head, inner)
    if edit.text is None:
        left = [item for at, item in enumerate(data) if at != head] if isinstance(data, list) else _without(data, head)
        return left or None
    if edit.at == "before":
        return _above(data, str(head), edit.text) if edit.text in data and edit.text != head else None
    if edit.at == "key":
        return (
            None if edit.text in data else {(edit.text if key == head else key): value for key, value in data.items()}
        )
    return _put(data, head, edit.text) if isinstance(data[head], str) else None


def _holds(data: Any, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _put(data: Any, step: str | int, value: Any) -> Any:
    if isinstance(data, dict):
        return {key: value if key == step else old for key, old in data.items()}
    return [value if at == step else old for at, old in enumerate(data)]


def _above(data: dict[str, Any], key: str, other: str) -> dict[str, Any]:
    """The same with one key before another one."""
    names = [name for name in data if name != key]
    names.insert(names.index(other), key)
    return {name: data[name] for name in names}


def _without(data: dict[str, Any], key: str | int) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


# --- how it may be written ------------------------------------------------------------------------------------------


def _candidates(text: str, span: Span, edit: Edit, before: Any) -> Iterator[str]:
    """Ways to write the edit, the one that changes least first."""
    start, stop = _offsets(text, span)
    if edit.text is None:
        yield from _removals(text, edit.route, start)
        return
    source = text[start:stop]
    if edit.at == "value":
        for words in _spliced(source, str(_get(before, edit.route)), edit.text):
            yield text[:start] + words + text[stop:]
    if "\n" in source.rstrip("\r\n"):
        return
    for written in _written(source, edit.text):
        yield text[:start] + written + text[stop:]


def _moves(text: str, spans: Mapping[tuple[Route, str], Span], edit: Edit, after: Mapping[str, Any]) -> Iterator[str]:
    """Ways to write the keys of a mapping in the order of `after`."""
    entries = []
    for key in after:
        route = (*edit.route[:-1], key)
        known = [span for (place, _), span in spans.items() if place[: len(route)] == route]
        if (route, "key") not in spans:
            return
        start = _offsets(text, spans[route, "key"])[0]
        entries.append(Entry(key, start, max(_offsets(text, span)[1] for span in known)))
    yield from reordered(text, sorted(entries, key=lambda entry: entry.start), list(after))


def _spliced(source: str, old: str, new: str) -> Iterator[str]:
    """The source of a value with only the words changed that differ, where they stand in it just once."""
    first, last = _differing(old, new)
    for _ in range(4):
        if old[first : len(old) - last] and source.count(old[first : len(old) - last]) == 1:
            yield source.replace(old[first : len(old) - last], new[first : len(new) - last])
        first = max(0, old.rfind(" ", 0, max(0, first - 1)) + 1)
        following = old.find(" ", len(old) - last + 1) if last else -1
        last = len(old) - following if following > 0 else 0


def _differing(old: str, new: str) -> tuple[int, int]:
    """How many signs two texts share at their start and at their end, cut back to whole words."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    while first and old[first - 1].isalnum():
        first -= 1
    while last and old[len(old) - last].isalnum():
        last -= 1
    return first, last


def _written(source: str, text: str) -> Iterator[str]:
    """A value as YAML: in the quotes that it had, plain where that is safe, else in quotes."""
    single = "'" + text.replace("'", "''") + "'"
    if source.startswith("'"):
        yield single
    elif not source.startswith('"') and _PLAIN.match(text):
        yield text
    yield json.dumps(text, ensure_ascii=False)
    yield single


def _removals(text: str, route: Route, start: int) -> Iterator[str]:
    """The text without an entry: in a block its whole lines, in brackets the entry and one comma."""
    spans = outline(text.encode("utf-8"))
    value = spans.get((route, "value"))
    if value is None:
        return
    parents = {known[:-1] for known, _ in spans}
    leaves = [
        span
        for (known, at), span in spans.items()
        if known[: len(route)] == route and (known not in parents or (at == "value" and span.line == span.end_line))
    ]  # what has its end on its own line is in brackets, which belong to it
    first = _offsets(text, spans.get((route, "key"), value))[0]
    last = max(_offsets(text, span)[1] for span in leaves)
    line = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    if text[last - 1] not in "\r\n":
        ending = _LINE_END.search(text, last)
        after = ending.end() if ending else len(text)
    else:
        after = last
    if not text[line:first].strip(" -") and not text[last:after].split("#")[0].strip():
        yield text[:line] + text[after:]
    last = _offsets(text, value)[1]
    comma = re.compile(r"\s*,\s*").match(text, last)
    if comma:
        yield text[:first] + text[comma.end() :]
    leading = re.search(r",\s*$", text[:first])
    if leading:
        yield text[: leading.start()] + text[last:]


def _offsets(text: str, span: Span) -> tuple[int, int]:
    """Where a span starts and ends in the text, in signs."""
    shift = len(_BOM) if text.startswith(_BOM) else 0
    starts = [shift, *(found.end() for found in _LINE_END.finditer(text))]
    starts.append(len(text))
    first = starts[min(span.line, len(starts)) - 1] + span.column - 1
    last = starts[min(span.end_line, len(starts)) - 1] + span.end_column - 1
    return first, min(last, len(text))


def _get(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data
