"""What comes back from Word is searched before it is written: git never forgets, and an editor may know the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.protect.scan.gate import scan
from reprisal_cli.protect.scan.match import Matcher, matcher_of, search
from reprisal_cli.protect.scan.pieces import Piece
from reprisal_cli.protect.scan.rules import BY_WHAT, IDENTITY
from reprisal_cli.protect.secrets import Secrets
from reprisal_cli.review.word_items import Item
from reprisal_cli.store.read import read_bytes

_PEOPLE = frozenset({"name", "near", "initials", "contact", "mail", "phone", "handle"})
_HIDDEN = "•••"


def names_in(document: bytes, secrets: Secrets) -> Iterator[Diagnostic]:
    """A finding for each place of the document, its comments and deleted words too, that holds a name which may not
    stand there: what is said of its edits would quote it."""
    found = scan("the document", document, matcher_of(secrets), thorough=True)
    yield from (one for one in found if one.code == IDENTITY.code)


def brought(root: Path, files: Mapping[str, bytes], matcher: Matcher) -> Iterator[Diagnostic]:
    """A finding for each name and contact that stands in a file as it would be more often than in the file as it is."""
    for path, after in sorted(files.items()):
        before = read_bytes(root, path)
        known = _held(before, matcher) if isinstance(before, bytes) else Counter()
        for case, ref, what in sorted((_held(after, matcher) - known).keys()):
            rule, words = BY_WHAT[what]
            of = f"{case} ({ref})" if ref else case
            hint = "nothing was written: take it out of the document, or write the person as it was printed"
            yield rule.at(Location(path), f"an edit brings into this file {words.format(of=of)}", hint)


def unquoted(items: Iterable[Item], matcher: Matcher) -> Iterator[Item]:
    """The items, without the words of those that hold a name or a contact."""
    for item in items:
        held = _held(item.words.encode(), matcher)
        yield replace(item, words=_HIDDEN) if held else item


def _held(raw: bytes, matcher: Matcher) -> Counter[tuple[str, str, str]]:
    hits = search(matcher, Piece("", raw.decode("utf-8", "replace")))
    return Counter((hit.case, hit.ref, hit.what) for hit in hits if hit.what in _PEOPLE)
