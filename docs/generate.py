"""Makes the pages of docs/ that come out of the program: `python docs/generate.py`, or `make docs`.

`vocabulary.md` is every closed list of the case format, from the registers; a test compares it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from reprisal_cli.model.case import Case
from reprisal_cli.model.practice import Practices
from reprisal_cli.model.values import Word
from reprisal_cli.register.bodies import bodies, families, family_name
from reprisal_cli.register.states import states
from reprisal_cli.register.words import WordList, word_lists

LANG = "en"

HEAD = """# The words of the case format

This page is made from the registers in `reprisal_cli/register/data/` (`make docs`); do not edit it. A field that takes
a word of a list takes nothing else, and `reprisal validate` suggests the word that was probably meant. Words are the
United Nations' own. A word is never renamed, since old case files use it.
"""


def vocabulary() -> str:
    """The page, whole."""
    fields = {**dict(_fields(Practices)), **dict(_fields(Case))}
    lists = [words for words in word_lists().values() if words.name in fields]
    parts = [
        HEAD,
        _contents(lists),
        *(_list(words, sorted(fields[words.name])) for words in lists),
        _bodies(),
        _states(),
    ]
    return "\n".join(parts)


def _contents(lists: Iterable[WordList]) -> str:
    names = [words.name for words in lists]
    return "Lists: " + ", ".join(f"[{name}](#{name})" for name in [*names, "bodies", "states"]) + ".\n"


def _list(words: WordList, fields: Iterable[str]) -> str:
    used = ", ".join(f"`{field}`" for field in fields)
    meanings = any(words.meaning(slug, LANG) for slug in words)
    rows = [("word", "printed as", *(("what it says",) if meanings else ()))]
    group = None
    for slug in words:
        if (heads := words.group(slug)) and heads != group:
            rows.append((f"*{words.group_label(heads, LANG)}*", *[""] * (len(rows[0]) - 1)))
        group = heads
        meaning = (words.meaning(slug, LANG) or "",) if meanings else ()
        rows.append((f"`{slug}`", words.label(slug, LANG), *meaning))
    return f"## {words.name}\n\nIn {used}.\n\n{_table(rows)}"


def _bodies() -> str:
    register = bodies()
    parts = ["## bodies\n\nIn `cooperation.body`, `un_actions.by` and `acts.with.body`. Each belongs to one family.\n"]
    for family in families():
        rows = [("id", "name", "short")]
        for body in register:
            if register.family(body) == family:
                name, short = register.name(body, LANG), register.short(body, LANG)
                rows.append((f"`{body}`", name, short if short != name else ""))
        parts.append(f"### `{family}`: {family_name(family, LANG)}\n\n{_table(rows)}")
    return "\n".join(parts)


def _states() -> str:
    register = states()
    codes = sorted(register.codes, key=lambda code: register.sort_key(code, LANG))
    rows = [("code", "name"), *((f"`{code}`", register.name(code, LANG)) for code in codes)]
    return (
        "## states\n\nISO 3166-1 codes of three letters, in the order of the report. `XXA` to `XXZ` are free for"
        f" examples; `reprisal.yaml` names them.\n\n{_table(rows)}"
    )


def _table(rows: list[tuple[str, ...]]) -> str:
    head, *body = rows
    lines = [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *body)]
    return "\n".join(lines) + "\n"


# --- which fields take which list ------------------------------------------------------------------------------------


def _fields(model: type[BaseModel]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, route in _words(model, ""):
        found.setdefault(name, set()).add(route)
    return found


def _words(model: type[BaseModel], route: str) -> Iterator[tuple[str, str]]:
    for key, field in model.model_fields.items():
        here = f"{route}{field.alias or key}"
        for part in _parts((field.annotation, *field.metadata)):
            if isinstance(part, Word):
                yield part.list, here
            elif isinstance(part, type) and issubclass(part, BaseModel):
                yield from _words(part, f"{here}.")


def _parts(annotations: Iterable[Any]) -> Iterator[Any]:
    """An annotation with everything in it: the types of lists, the metadata of `Annotated`."""
    for annotation in annotations:
        yield annotation
        yield from _parts((*get_args(annotation), *getattr(annotation, "__metadata__", ())))


if __name__ == "__main__":
    Path(__file__).with_name("vocabulary.md").write_text(vocabulary(), encoding="utf-8")
