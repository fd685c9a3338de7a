"""The gate: a document and all secrets, and what was found, as findings that name the case and the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reprisal_cli.diagnostic import Diagnostic, Location, Severity
from reprisal_cli.protect.scan.extract import extract
from reprisal_cli.protect.scan.match import Hit, Matcher, search
from reprisal_cli.protect.scan.pieces import Budget, Found, Piece, Unread
from reprisal_cli.protect.scan.rules import BY_WHAT, PICTURE, UNREADABLE

_MOST = 200
"""Findings of one document that are shown: a list of all names would be a finding in itself."""

_STRONG = ("name", "near", "initials")


def scan(name: str, content: bytes, matcher: Matcher, thorough: bool = False) -> list[Diagnostic]:
    """What is found in one document. `thorough` is for documents from elsewhere, which may be made in any way."""
    shown = name if _harmless(name, matcher) else "document"
    location = Location(shown)
    found: dict[tuple[str, ...], Diagnostic] = {}
    named = Piece("the name of the file", name, words=False)
    try:
        for piece in (named, *extract(name, content, budget=Budget(thorough=thorough))):
            for key, one in _judged(piece, matcher, location):
                found.setdefault(key, one)
    except (RecursionError, MemoryError):
        found[("unread",)] = UNREADABLE.at(location, "the document cannot be read")
    errors_first = sorted(found.values(), key=lambda one: one.severity is not Severity.ERROR)
    return errors_first[:_MOST]


def scan_all(files: Iterable[tuple[str, bytes]], matcher: Matcher) -> list[Diagnostic]:
    """What is found in all outputs of a build."""
    return [one for name, content in files for one in scan(name, content, matcher)]


def _judged(piece: Found, matcher: Matcher, location: Location) -> Iterator[tuple[tuple[str, ...], Diagnostic]]:
    """The findings of a piece, each with what makes two of them the same."""
    if isinstance(piece, Unread):
        place = _place(piece.place, matcher)
        if piece.picture:
            yield (piece.place, piece.why), PICTURE.at(location, f"{place}: {piece.why}", "look at it yourself")
            return
        yield (piece.place, piece.why), UNREADABLE.at(location, f"{place}: {piece.why}", "it may hold anything")
        return
    best: dict[tuple[str, str, str], Hit] = {}
    for hit in search(matcher, piece):
        where = piece.where(hit.at)
        key = (where, hit.case + hit.ref, "person" if hit.what in _STRONG else hit.what)
        if key not in best or (hit.what in _STRONG and _STRONG.index(hit.what) < _STRONG.index(best[key].what)):
            best[key] = hit
    for (where, *_), hit in best.items():
        rule, words = BY_WHAT[hit.what]
        of = f"{hit.case} ({hit.ref})" if hit.ref else hit.case
        message = f"{_place(where, matcher)}: {words.format(of=of)}"
        yield (where, hit.case, hit.ref, hit.what), rule.at(location, message, _HINTS.get(rule.code, ""))


_HINTS = {
    "RC901": "write `described`, by a reference as {p1}",
    "RC902": "take it out; contact data stays in the vault",
    "RC903": "write it in other words, or change the title",
    "RC904": "take it out of the text",
    "RC905": "take it out: a confidential action is in no document",
}


def _place(place: str, matcher: Matcher) -> str:
    """A place as a message may show it: the name of a part can be a name."""
    return place if _harmless(place, matcher) else "a part whose name holds what was found"


def _harmless(text: str, matcher: Matcher) -> bool:
    return not any(search(matcher, Piece("", text, words=False)))
