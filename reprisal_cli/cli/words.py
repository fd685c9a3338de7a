"""`reprisal words`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.options import TextOrJson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reprisal_cli.register.lists import Entry

LANG = "en"


def words(
    asked: Annotated[
        str | None,
        typer.Argument(metavar="LIST|TEXT", help="A list, as acts; or a part of a word, to find it in all lists."),
    ] = None,
    output_format: TextOrJson = "text",
) -> None:
    """List the words that a field takes: acts, roles, bodies, States.

    `reprisal words` names the lists, `reprisal words acts` what is in one, `reprisal words raid` every word of any list
    that has this in it.
    """
    from reprisal_cli.cli.output import form_of, say, write_json
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.register.lists import entries, holding, list_names

    form = form_of(output_format)
    if asked is None:
        sizes = {name: len(entries(name, LANG)) for name in list_names()}
        if form == "json":
            write_json({"lists": sizes})
        for name, size in sizes.items() if form == "text" else ():
            say(f"{name:<24} {size}", sys.stdout)
        return
    known = asked in list_names()
    found = [(asked, entry) for entry in entries(asked, LANG)] if known else list(holding(asked, LANG))
    if not found:
        raise ReprisalError("no list is called so, and no word of a list has this in it", "`reprisal words` names them")
    if form == "json":
        write_json({"words": [_as_data(name, entry) for name, entry in found]})
    else:
        _print(found, of_one=known)


def _as_data(name: str, entry: Entry) -> dict[str, str]:
    return {"list": name, "word": entry.word, "printed": entry.printed, "group": entry.group, "means": entry.means}


def _print(found: Iterable[tuple[str, Entry]], of_one: bool) -> None:
    """A line a word: under the headings of its list, or after the name of its list where several were searched."""
    from reprisal_cli.cli.output import say

    listed = list(found)
    width = max(len(entry.word) for _, entry in listed)
    names = 0 if of_one else max(len(name) for name, _ in listed) + 2
    heading = ""
    for name, entry in listed:
        if of_one and entry.group != heading:
            heading = entry.group
            say(heading, sys.stdout)
        lead = f"{'':<{2 if heading else 0}}" if of_one else f"{name:<{names}}"
        says = "; ".join(one for one in (entry.printed, entry.means) if one)
        say(f"{lead}{entry.word:<{width}}  {says}".rstrip(), sys.stdout)
