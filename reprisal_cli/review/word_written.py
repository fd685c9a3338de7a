"""Tokens written as drafted source again, with as much of the source as it was as can stay, and read once more to see
that it says what it should."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from reprisal_cli.review.word_tokens import BREAK, Token, parsed, plain_beside, trimmed

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_ESCAPE = re.compile(r"[*{\[^\\]")


def written(tokens: Sequence[Token], escape: bool) -> str:
    """Tokens as source; `escape` puts a backslash before signs that would be markup."""
    out: list[str] = []
    last = -1
    for emphasis, link, group in _dressed(tokens):
        words: list[str] = []
        for token in group:
            if token.unit >= 0:
                if token.unit != last:
                    words.append(token.source)
            elif token.note is not None:
                words.append(f"^[{written(token.note, escape)}]")
            elif token.text == BREAK:
                words.append(token.source)
            else:
                words.append(_ESCAPE.sub(r"\\\g<0>", token.text) if escape else token.text)
            last = token.unit
        text = "".join(words)
        lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        inside = text.strip()
        if link and inside:
            inside = f"[{inside}]({link})"
        out.append(f"{lead}*{inside}*{trail}" if emphasis and inside else f"{lead}{inside}{trail}")
    return "".join(out)


def _dressed(tokens: Sequence[Token]) -> Iterator[tuple[bool, str, list[Token]]]:
    """Stretches of one dress; a blank has that of the word before it, and what came out of the data none."""
    group: list[Token] = []
    dress: tuple[bool, str] = (False, "")
    for at, token in enumerate(tokens):
        plain = token.unit >= 0 or token.text == BREAK or token.note is not None
        own = (False, "") if plain else (token.emphasis, token.link)
        if token.text == " " and token.unit < 0:
            after = tokens[at + 1] if at + 1 < len(tokens) else token
            follows = (False, "") if after.unit >= 0 or after.note is not None else (after.emphasis, after.link)
            own = dress if follows == dress else (False, "")
        if own != dress and group:
            yield *dress, group
            group = []
        dress = own
        group.append(token)
    if group:
        yield *dress, group


def patched(source: str, before: str, after: str) -> str:
    """The source with what differs between two ways to write it anew: line ends and escapes elsewhere stay."""
    own, old, new = (_PIECE.findall(text) for text in (source, before, after))
    starts = _places([_flat(piece) for piece in old], [_flat(piece) for piece in own])
    out: list[str] = []
    at = 0
    for op, a, b, c, d in SequenceMatcher(
        None, [_flat(piece) for piece in old], [_flat(piece) for piece in new], autojunk=False
    ).get_opcodes():
        if op == "equal":
            continue
        out += own[at : starts[a]]
        out += new[c:d]
        at = max(at, starts[b])
    return "".join([*out, *own[at:]])


def _flat(piece: str) -> str:
    """Blanks are one blank, an empty line is another thing."""
    if not piece.isspace():
        return piece
    return "\n\n" if piece.count("\n") > 1 else " "


def _places(old: Sequence[str], own: Sequence[str]) -> list[int]:
    """For each piece of one text its place in the other, and the end."""
    out = [0] * (len(old) + 1)
    for op, a, b, c, d in SequenceMatcher(None, old, own, autojunk=False).get_opcodes():
        for at in range(a, b):
            out[at] = c + (at - a) if op == "equal" else c
        out[b] = d
    return out


def says(source: str, wanted: Sequence[Token], manuscript: bool) -> bool:
    """Whether a source reads as the tokens that it should give."""
    if manuscript and not plain_beside(source):
        return False
    paragraphs: list[list[Token]] = [[]]
    for token in wanted:
        if token.text == BREAK:
            paragraphs.append([])
        else:
            paragraphs[-1].append(token)
    separators = [token.source for token in wanted if token.text == BREAK]
    parts = _split(source, separators)
    if parts is None or len(parts) != len(paragraphs):
        return False
    if manuscript and any(re.match(r"\s*(#|- )", part) for part in parts):
        return False
    read = [_meaning(trimmed(parsed(part, manuscript))) for part in parts]
    return read == [_meaning(trimmed(tokens)) for tokens in paragraphs]


def _split(source: str, separators: Sequence[str]) -> list[str] | None:
    """The paragraphs of a source. An item of a list follows at a dash, any other after an empty line."""
    if any(one.strip() for one in separators):
        return re.split(r"\n\s*- +", source.strip())
    return re.split(r"\n[ \t]*(?:\n[ \t]*)+", source.strip())


def _meaning(tokens: Sequence[Token]) -> list[Hashable]:
    out: list[Hashable] = []
    last = -1
    for at, token in enumerate(tokens):
        if token.unit >= 0:
            if token.unit != last:
                out.append(("reference", token.source))
        elif token.text == " " and (last >= 0 or (at + 1 < len(tokens) and tokens[at + 1].unit >= 0)):
            continue  # a reference that prints nothing may stand in blanks
        elif token.note is not None:
            out.append(("note", tuple(_meaning(trimmed(token.note)))))
        elif token.text == " ":
            out.append(" ")
        else:
            out.append((token.text, token.emphasis, token.link))
        last = token.unit
    return out
