"""Sessions of the Human Rights Council and of the General Assembly: their dates, and their numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from reprisal_cli.dialect import Plain
from reprisal_cli.register.schema import (
    RegisterError,
    day,
    fields,
    in_language,
    items,
    labels,
    read,
    text,
    within,
)

FILE = "sessions.yaml"


class Session(Struct, frozen=True):
    """One session. `opens` and `closes` are as the masthead of its documents has them, None where not known."""

    number: int
    opens: date | None = None
    closes: date | None = None


class SessionRegister(Struct, frozen=True):
    """Sessions by body (`hrc`, `ga`) and number (report-structure.md, section 2: the masthead)."""

    bodies: Mapping[str, Mapping[int, Session]]
    pattern: Mapping[str, str]

    def get(self, body: str, number: int) -> Session | None:
        """The session, or None if the register does not have it (an edition gives its own dates)."""
        return self.bodies.get(body, {}).get(number)

    def running(self, number: int, lang: str) -> str:
        """The session inside a sentence: "forty-fifth session". RegisterError if the language has no wording yet."""
        from num2words import num2words  # only where a number is printed

        pattern = in_language(self.pattern, lang, f"{FILE}: in-words")
        return pattern.replace("ORDINAL", num2words(number, to="ordinal", lang=lang))

    def title(self, number: int, lang: str) -> str:
        """The session as the masthead has it: "Forty-fifth session". Errors as in `running`."""
        words = self.running(number, lang)
        return words[:1].upper() + words[1:]


@cache
def sessions() -> SessionRegister:
    """The register of sessions. Raises RegisterError at its first fault."""
    return within(FILE, _register)


def _register() -> SessionRegister:
    data = fields(read(FILE), ("in-words", "hrc", "ga"))
    pattern = within("in-words", labels, data["in-words"])
    return SessionRegister({body: within(body, _sessions, data[body]) for body in ("hrc", "ga")}, pattern)


def _sessions(data: Plain) -> dict[int, Session]:
    found: dict[int, Session] = {}
    for item in items(data):
        session = _session(item)
        if found and session.number <= max(found):
            raise RegisterError(f"session {session.number} is out of order, or stands twice")
        found[session.number] = session
    return found


def _session(data: Plain) -> Session:
    parts = fields(data, ("number",), ("opens", "closes"))
    if not text(parts["number"]).isdecimal():
        raise RegisterError("a session's number is written in digits")
    number = int(text(parts["number"]))
    opens, closes = (
        within(f"{number}: {key}", day, parts[key]) if key in parts else None for key in ("opens", "closes")
    )
    if closes and not (opens and opens < closes):
        raise RegisterError(f"session {number} closes before it opens")
    return Session(number, opens, closes)
