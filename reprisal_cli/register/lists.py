"""The closed lists as somebody asks for them who writes a case: what is in one, where a word stands, what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reprisal_cli.register.bodies import bodies, families, family_name
from reprisal_cli.register.states import USER_ASSIGNED, states
from reprisal_cli.register.suggest import containing
from reprisal_cli.register.words import word_lists, words

FEW = 16
"""So many words of a list are told at once."""


class Entry(Struct, frozen=True):
    """A word of a list, as it is printed, under the heading of its group, with what it says where that is explained."""

    word: str
    printed: str
    group: str = ""
    means: str = ""


def list_names() -> tuple[str, ...]:
    """The names of all lists."""
    return (*word_lists(), "bodies", "states")


def entries(name: str, lang: str) -> tuple[Entry, ...]:
    """The words of a list in the order of the register; States by name. RegisterError if there is no such list."""
    if name == "bodies":
        register = bodies()
        return tuple(
            Entry(body, register.name(body, lang), family_name(family, lang))
            for family in families()
            for body in register
            if register.family(body) == family
        )
    if name == "states":
        known = states()
        codes = sorted(known.codes, key=lambda code: known.sort_key(code, lang))
        return tuple(Entry(code, known.name(code, lang)) for code in codes)
    listed = words(name)
    return tuple(
        Entry(
            word,
            listed.label(word, lang),
            listed.group_label(group, lang) if (group := listed.group(word)) else "",
            listed.meaning(word, lang) or "",
        )
        for word in listed
    )


def holding(text: str, lang: str) -> Iterator[tuple[str, Entry]]:
    """Each word of any list that has a text in it, or in the words that it is printed as, with the name of its list."""
    wanted = re.sub(r"[^\w]+", " ", text.casefold()).strip()
    for name in list_names():
        for entry in entries(name, lang):
            if wanted in re.sub(r"[^\w]+", " ", f"{entry.word} {entry.printed}".casefold()):
                yield name, entry


def meant_in(name: str, given: str) -> str | None:
    """The word of a list that was probably meant, or None."""
    if name == "states":
        code = given.strip().upper()
        return states().suggest(given) or (code if USER_ASSIGNED.fullmatch(code) else None)
    return bodies().suggest(given) if name == "bodies" else words(name).suggest(given)


def hint_for(name: str, given: str) -> str:
    """What to write instead of a word that is not in a list: the one that was meant, those that share a part with it,
    all of a short list, or where they can be looked up."""
    meant = meant_in(name, given)
    if meant is not None:
        return f"did you mean `{meant}`?"
    known = tuple(entry.word for entry in entries(name, "en"))
    alike = containing(given, known) if name != "states" else ()
    if len(known) <= FEW:
        return f"choose from {', '.join(known)}"
    found = f"is it one of {', '.join(alike)}? " if alike else ""
    return f"{found}`reprisal words {name}` lists them"
