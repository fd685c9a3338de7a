"""Lines of Word and drafted source as the same kind of token, so that one can be laid beside the other.

The report that is compared with is built from source in which a sign stands before and after each reference and each
expression; in the document these signs show which words came out of the data, and from which reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.model.prose import inline, reference_spans
from reprisal_cli.model.prose_nodes import SLOT_CLOSE, SLOT_OPEN, Emphasis, Footnote, Hyperlink, Node, Reference, Words
from reprisal_cli.review.word_read import Bit

OPEN, CLOSE = "\ue002", "\ue003"
"""Around what a reference prints; no file can hold these signs."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_EXPRESSION = re.compile(
    r"\{\{.*?\}\}|\{#.*?#\}|\{%-?\s*set\b.*?%\}|\{%-?\s*if\b(?:(?!\{%-?\s*if\b).)*?\{%-?\s*endif\s*-?%\}", re.DOTALL
)
_ITEMS = re.compile(r"\{\{[^{}]*\|\s*items\s*-?\}\}")
"""A register printed as items: it stands alone, and no sign may stand beside it."""
_JINJA = re.compile(r"\{[{%#]|[}%#]\}")
BREAK = "\n"


class Token(Struct, frozen=True):
    """A word, a blank (one space), a sign, a note, or the end of a paragraph (`text` is BREAK, `source` what stands for
    it). `unit` is the number of the reference that the word came from, -1 for a word that somebody typed; `source` is
    then the reference itself. `alone` is a word of a line that stands for no other: it is no word of another line."""

    text: str
    emphasis: bool = False
    link: str = ""
    unit: int = -1
    source: str = ""
    note: tuple[Token, ...] | None = None
    field: str = ""
    alone: bool = False


def marked(text: str, manuscript: bool) -> str:
    """The source with a sign on each side of each reference and expression."""
    out, at = [], 0
    for start, stop in spans(text, manuscript):
        out += [text[at:start], OPEN, text[start:stop], CLOSE]
        at = stop
    return "".join([*out, text[at:]])


def spans(text: str, manuscript: bool) -> list[tuple[int, int]]:
    """Where references and expressions stand; a condition is one with all that depends on it."""
    if not manuscript:
        return list(reference_spans(text))
    found = [match.span() for match in _EXPRESSION.finditer(text) if not _ITEMS.fullmatch(match.group())]
    inside = [(a, b) for a, b in reference_spans(text) if not any(c <= a < d for c, d in found)]
    return sorted(found + inside)


def plain_beside(source: str) -> bool:
    """Whether a manuscript's text has nothing of its language but what `spans` knows."""
    rest, at = [], 0
    for start, stop in spans(source, True):
        rest.append(source[at:start])
        at = stop
    return not _JINJA.search("\n".join([*rest, source[at:]]))


# --- from Word ------------------------------------------------------------------------------------------------------


def tokens_of(bits: Sequence[Bit], units: Sequence[str] = (), alone: bool = False) -> list[Token]:
    """The tokens of a line; `units` are the references of its source, in order; `alone` marks each."""
    tokens = _without_marks(_Counting(units).tokens(bits))
    return [replace(token, alone=True) for token in tokens] if alone else tokens


def _without_marks(tokens: Sequence[Token]) -> list[Token]:
    """The mark that opens a reference is of use only where the reference prints nothing."""
    printed = {token.unit for token in tokens if token.text or token.note is not None}
    kept = [token for token in tokens if token.text or token.note is not None or token.unit not in printed]
    return [token if token.note is None else replace(token, note=tuple(_without_marks(token.note))) for token in kept]


class _Counting:
    """Numbers references through a line and its notes."""

    def __init__(self, units: Sequence[str]) -> None:
        self.units, self.last, self.inside = units, -1, False

    def tokens(self, bits: Sequence[Bit]) -> list[Token]:
        out: list[Token] = []
        for bit in bits:
            if bit.note is not None:
                inner, self_inside = self.tokens(bit.note), self.inside
                unit = self.last if self_inside else -1
                out.append(Token("", unit=unit, source=self._source(unit), note=tuple(inner)))
                continue
            for piece in re.split(f"([{OPEN}{CLOSE}])", bit.text):
                if piece == OPEN:
                    self.last, self.inside = self.last + 1, True
                    out.append(Token("", unit=self.last, source=self._source(self.last)))
                elif piece == CLOSE:
                    self.inside = False
                else:
                    out += self._words(piece, bit)
        return out

    def _words(self, text: str, bit: Bit) -> Iterator[Token]:
        unit = self.last if self.inside else -1
        words = [text] if bit.field and text else _WORD.findall(text)
        for word in words:
            shown = " " if word.isspace() else word
            yield Token(shown, bit.emphasis, bit.link, unit, self._source(unit), field=bit.field)

    def _source(self, unit: int) -> str:
        return self.units[unit] if 0 <= unit < len(self.units) else ""


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Without blanks at both ends, and without a second blank after a first."""
    out: list[Token] = []
    before = BREAK  # the last that is printed: a reference may print nothing
    for token in tokens:
        if token.text == " " and token.unit < 0 and before in (" ", BREAK):
            continue
        before = token.text or ("note" if token.note is not None else before)
        if token.text == BREAK and out and out[-1].text == " ":
            out.pop()
        out.append(token)
    while out and out[-1].text == " " and out[-1].unit < 0:
        out.pop()
    return out


# --- from source ----------------------------------------------------------------------------------------------------


def parsed(source: str, manuscript: bool) -> list[Token]:
    """The tokens of one paragraph of source; a reference is one token with its own source as text."""
    raw, out, at = [], [], 0
    for number, (start, stop) in enumerate(spans(source, manuscript)):
        raw.append(source[start:stop])
        out += [source[at:start], f"{SLOT_OPEN}{number}{SLOT_CLOSE}"]
        at = stop
    return list(_parsed(inline("".join([*out, source[at:]])), raw, False, ""))


def _parsed(nodes: Iterable[Node], raw: Sequence[str], emphasis: bool, link: str) -> Iterator[Token]:
    for node in nodes:
        match node:
            case Words(text):
                for word in _WORD.findall(text):
                    yield Token(" " if word.isspace() else word, emphasis, link)
            case Emphasis(children):
                yield from _parsed(children, raw, True, link)
            case Hyperlink(url, children):
                yield from _parsed(children, raw, emphasis, url)
            case Footnote(children):
                yield Token("", note=tuple(_parsed(children, raw, False, "")))
            case Reference("slot", target):
                yield Token(SLOT_OPEN, emphasis, link, int(target), raw[int(target)])
            case Reference():
                yield Token(SLOT_OPEN, emphasis, link, 0, "?")
