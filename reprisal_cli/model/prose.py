"""The drafted words of a case, parsed (`docs/case-format.md`, "Text"). The one door to markdown-it.

Text has paragraphs, `*emphasis*`, links, footnotes `^[...]` and references `{...}`; every other sign is itself. The
parser is markdown-it's inline machine with the rules below and no others, so that no narrative can reach a paragraph
that is not its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reprisal_cli.model.prose_nodes import (
    REFERENCE,
    SLOT_CLOSE,
    SLOT_OPEN,
    Emphasis,
    Footnote,
    Hyperlink,
    Node,
    Reference,
    Words,
    meaning,
)
from reprisal_cli.model.prose_simple import simple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


_MARKED = re.compile(r"\\[*{\[^\\]|" + REFERENCE.pattern, re.ASCII)
_SLOT = re.compile(f"{SLOT_OPEN}([0-9]+){SLOT_CLOSE}")
_ADDRESS = re.compile(r"\((https?://[^\s()<>]+)\)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_ESCAPED = frozenset("*{[^\\")
_BRACKET = re.compile(r"\\[*{\[^\\]|[\[\]]")


@lru_cache(maxsize=2048)
def paragraphs(text: str) -> tuple[tuple[Node, ...], ...]:
    """The paragraphs of a text; blank lines stand between them, and a single line end is a space."""
    # kept, as a build asks twice: the rules for the references, the report for the words
    text = text.replace("\r\n", "\n").strip()
    return tuple(inline(part) for part in _BLANK.split(text)) if text else ()


def inline(text: str) -> tuple[Node, ...]:
    """One paragraph."""
    line = _LINE_END.sub(" ", text)
    nodes = simple(line)
    return _by_machine(line) if nodes is None else nodes


def _by_machine(line: str) -> tuple[Node, ...]:
    tokens = _machine().parseInline(line)[0].children or []
    return _nodes(iter(tokens), "")


def references(text: str) -> Iterator[Reference]:
    """Every reference of a text, in footnotes too, in reading order."""
    if "{" in text:
        for paragraph in paragraphs(text):
            yield from _references(paragraph)


def reference_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the references of a text stand in its source, in order; an escaped brace begins none."""
    for match in _MARKED.finditer(text):
        if match.group().startswith("{"):
            yield match.span()


def _references(nodes: tuple[Node, ...]) -> Iterator[Reference]:
    for node in nodes:
        if isinstance(node, Reference):
            yield node
        elif not isinstance(node, Words):
            yield from _references(node.children)


# --- tokens -> nodes ------------------------------------------------------------------------------------------------


def _nodes(tokens: Iterator[Token], end: str) -> tuple[Node, ...]:
    out: list[Node] = []
    for token in tokens:
        if token.type == end:
            break
        if token.type == "em_open":
            out.append(Emphasis(_nodes(tokens, "em_close")))
        elif token.type == "hyperlink_open":
            out.append(Hyperlink(token.content, _nodes(tokens, "hyperlink_close")))
        elif token.type == "footnote_open":
            out.append(Footnote(_nodes(tokens, "footnote_close")))
        elif token.type == "reference":
            out.append(Reference(*token.meta["reference"]))
        else:  # text, and the two stars of `strong`, which this format does not have
            out.append(Words(token.content or token.markup))
    return _joined(out)


def _joined(nodes: list[Node]) -> tuple[Node, ...]:
    out: list[Node] = []
    for node in nodes:
        last = out[-1] if out else None
        if isinstance(node, Words) and isinstance(last, Words):
            out[-1] = Words(last.text + node.text)
        elif node != Words(""):
            out.append(node)
    return tuple(out)


# --- markdown-it's machine, with our rules --------------------------------------------------------------------------


@cache
def _machine() -> MarkdownIt:
    from markdown_it import MarkdownIt

    machine = MarkdownIt("zero").enable(["emphasis", "balance_pairs", "fragments_join"])
    machine.inline.ruler.before("emphasis", "backslash", _backslash)
    for name, rule in (
        ("underscore", _underscore),
        ("picture", _picture),
        ("hyperlink", _hyperlink),
        ("footnote", _footnote),
        ("reference", _reference),
        ("slot", _slot),
    ):
        machine.inline.ruler.before("emphasis", name, rule)
    machine.inline.ruler.at("text", _words)
    return machine


_STOP = re.compile(rf"[*{{\[^\\!_{SLOT_OPEN}]")


def _words(state: StateInline, silent: bool) -> bool:
    """Text up to the next sign that a rule may want (markdown-it's own list of signs lacks ours)."""
    match = _STOP.search(state.src, state.pos, state.posMax)
    end = match.start() if match else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _literal(state: StateInline, text: str, silent: bool, length: int) -> bool:
    if not silent:
        state.pending += text
    state.pos += length
    return True


def _backslash(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    after = state.src[state.pos + 1 : min(state.pos + 2, state.posMax)]
    return _literal(state, after, silent, 2) if after in _ESCAPED and after else _literal(state, "\\", silent, 1)


def _underscore(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "_" and _literal(state, "_", silent, 1)


def _picture(state: StateInline, silent: bool) -> bool:
    """`!` before `[` makes the whole literal."""
    if not state.src.startswith("![", state.pos):
        return False
    end = _label_end(state, state.pos + 1)
    if end < 0:
        return _literal(state, "![", silent, 2)
    rest = re.compile(r"\([^()]*\)").match(state.src, end + 1, state.posMax)
    stop = rest.end() if rest else end + 1
    return _literal(state, state.src[state.pos : stop], silent, stop - state.pos)


def _hyperlink(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = _label_end(state, state.pos)
    address = _ADDRESS.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if address is None or state.env.get("link"):  # nor can a link in a link
        return _literal(state, "[", silent, 1)
    if not silent:
        state.env["link"] = True
        state.push("hyperlink_open", "", 1).content = address.group(1)
        _inside(state, state.pos + 1, end)
        state.push("hyperlink_close", "", -1)
        state.env["link"] = False
    state.pos = address.end()
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return state.src[state.pos] == "^" and _literal(state, "^", silent, 1)
    end = _label_end(state, state.pos + 1)
    if end < 0 or state.env.get("note"):  # a note in a note cannot be set: its signs stay text
        return _literal(state, "^", silent, 1)
    if not silent:
        state.env["note"] = True
        state.push("footnote_open", "", 1)
        _inside(state, state.pos + 2, end)
        state.push("footnote_close", "", -1)
        state.env["note"] = False
    state.pos = end + 1
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return _literal(state, "{", silent, 1)
    if not silent:
        state.push("reference", "", 0).meta["reference"] = meaning(match)
    state.pos = match.end()
    return True


def _slot(state: StateInline, silent: bool) -> bool:
    match = _SLOT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("reference", "", 0).meta["reference"] = ("slot", match.group(1), "")
    state.pos = match.end()
    return True


def _inside(state: StateInline, start: int, end: int) -> None:
    """Reads what stands between brackets, which may hold emphasis and references."""
    position, limit = state.pos, state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = position, limit


def _label_end(state: StateInline, start: int) -> int:
    """Where the bracket that opens at `start` closes; -1 if it does not. Escaped brackets do not count."""
    if "brackets" not in state.env:  # all at once: a search from each bracket could take minutes
        state.env["brackets"] = _brackets(state.src)
    end: int = state.env["brackets"].get(start, -1)
    return end if end < state.posMax else -1


def _brackets(text: str) -> dict[int, int]:
    """Where each bracket closes."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for match in _BRACKET.finditer(text):
        if match.group() == "[":
            opened.append(match.start())
        elif match.group() == "]" and opened:
            pairs[opened.pop()] = match.start()
    return pairs
