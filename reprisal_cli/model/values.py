"""The scalars of a case file: dates as exact as they are known, counts, yes and no, references, words of closed lists.

A file's scalars are all text (`parse.py`); each type here says which text it takes. A refusal is a
`PydanticCustomError` whose type is the name of a rule of `model/faults.py`; it never quotes the text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.states import states
from reprisal_cli.register.words import words

# --- dates ----------------------------------------------------------------------------------------------------------

_PARTIAL = re.compile(r"(\d{4})(?:-(?!00)(\d{2})(?:-(?!00)(\d{2}))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exact as it is known: a year, a month, or a day (`month` and `day` are 0 where not known). Raises
    ValueError for a day that no month has."""

    year: int
    month: int = 0
    day: int = 0
    first: date = field(init=False, repr=False, compare=False)
    """The earliest day that it can mean."""
    last: date = field(init=False, repr=False, compare=False)
    """The latest day that it can mean."""

    def __post_init__(self) -> None:
        month = self.month or 12
        object.__setattr__(self, "first", date(self.year, self.month or 1, self.day or 1))
        object.__setattr__(self, "last", date(self.year, month, self.day or monthrange(self.year, month)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one date to another, both included. A single date has the same twice."""

    start: PartialDate
    end: PartialDate
    first: date = field(init=False, repr=False, compare=False)
    last: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", self.start.first)
        object.__setattr__(self, "last", self.end.last)

    def meets(self, other: Period) -> bool:
        """Whether some day may lie in both."""
        return self.first <= other.last and other.first <= self.last


When = tuple[Period, ...]
"""When something happened: one or more periods, in the order of the file."""


# The same few thousand days stand in all files of a workspace: each is worked out once.


@lru_cache(maxsize=8192)
def parse_partial(text: str) -> PartialDate:
    """`2019`, `2019-11` or `2019-11-08`. Raises ValueError on anything else, a day that no month has among it."""
    match = _PARTIAL.match(text)
    if match is None:
        raise ValueError
    year, month, day = (int(part) if part else 0 for part in match.groups())
    return PartialDate(year, month, day)


@lru_cache(maxsize=8192)
def parse_period(text: str) -> Period:
    """A partial date, or two with a slash between them, the second not before the first."""
    start, slash, end = text.partition("/")
    first = parse_partial(start)
    if not slash:
        return Period(first, first)
    last = parse_partial(end)
    if last.last < first.first:
        raise ValueError
    return Period(first, last)


@lru_cache(maxsize=8192)
def _alone(text: str) -> When:
    return (parse_period(text),)


def _when(value: object) -> When:
    try:
        return tuple(parse_period(str(part)) for part in value) if isinstance(value, list) else _alone(str(value))
    except ValueError:
        raise PydanticCustomError("bad-date", "not a date") from None


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and len(value) == 10:
            return parse_partial(value).first
    except ValueError:
        pass
    raise PydanticCustomError("bad-day", "not a day")


_MONTH, _DAY_OF_IT = "(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_DATE_PATTERN = rf"\d{{4}}(-{_MONTH}(-{_DAY_OF_IT})?)?"
WHEN_PATTERN = f"^{_DATE_PATTERN}(/{_DATE_PATTERN})?$"
DAY_PATTERN = rf"^\d{{4}}-{_MONTH}-{_DAY_OF_IT}$"
"""The forms of dates and days for JSON Schema, which knows no calendar."""
_WHEN_SCHEMA = {"type": "string", "pattern": WHEN_PATTERN}

WhenField = Annotated[
    When,
    PlainValidator(_when),
    WithJsonSchema({"anyOf": [_WHEN_SCHEMA, {"type": "array", "items": _WHEN_SCHEMA, "minItems": 1}]}),
]
"""`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `FROM/TO`, or a list of these."""

Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""An exact day, `YYYY-MM-DD`: a date of the desk's own work, which is always known."""


# --- yes and no, counts ---------------------------------------------------------------------------------------------


def _yes_no(value: object) -> bool:
    if value == "yes":
        return True
    if value == "no":
        return False
    raise PydanticCustomError("not-yes-or-no", "yes or no")


YesNo = Annotated[bool, PlainValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no"]})]


@dataclass(frozen=True, slots=True)
class Count:
    """How many persons an entry stands for. `number` is None where unknown; `at_least` says that it is a minimum."""

    number: int | None = 1
    at_least: bool = False


_COUNT = re.compile(r"(at least )?([1-9]\d{0,6})\Z", re.ASCII)


def _count(value: object) -> Count:
    if value == "unknown":
        return Count(None)
    match = _COUNT.match(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("bad-count", "not a count")
    return Count(int(match.group(2)), bool(match.group(1)))


CountField = Annotated[
    Count,
    PlainValidator(_count),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^((at least )?[1-9]\d{0,6}|unknown)$", "minimum": 1}),
]
"""A number, `at least 31`, or `unknown`."""


_EDITION = re.compile(r"[a-z]+-[0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)


def _as_of(value: object) -> date | str:
    if isinstance(value, str) and _EDITION.match(value):
        return value
    return _day(value)


AsOf = Annotated[
    date | str,
    PlainValidator(_as_of),
    WithJsonSchema({"type": "string", "pattern": f"^(\\d{{4}}-\\d{{2}}-\\d{{2}}|{_EDITION.pattern[:-2]})$"}),
]
"""A day, or the id of the edition that was closed then."""


def _paragraph(value: object) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,4}", value):
        raise PydanticCustomError("bad-number", "not a number")
    return int(value)


ParagraphNumber = Annotated[int, PlainValidator(_paragraph), WithJsonSchema({"type": "integer", "minimum": 1})]


# --- text -----------------------------------------------------------------------------------------------------------


class _OneLine:
    """Text without a line end: the most frequent value of all, so that pydantic's own code looks at it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.custom_error_schema(
            core_schema.str_schema(strict=True), "not-text", custom_error_message="not text"
        )
        line = core_schema.custom_error_schema(
            core_schema.str_schema(pattern=r"\A[^\n\r]*\z"), "line-break", custom_error_message="one line only"
        )
        return core_schema.chain_schema([text, line])


def _prose(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("not-text", "not text")
    return value.strip("\n")


Line = Annotated[str, _OneLine(), WithJsonSchema({"type": "string", "minLength": 1})]
"""Literal text of one line."""

Prose = Annotated[str, PlainValidator(_prose), WithJsonSchema({"type": "string", "minLength": 1})]
"""Text of one paragraph or more; a single line end in it is a space."""


@dataclass(frozen=True, slots=True)
class Form:
    """Text of one fixed form: `fault` is the refusal's name, `expression` what the whole text must match (ASCII)."""

    fault: str
    expression: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=f"^(?:{self.expression})\\z", strict=True)
        return core_schema.custom_error_schema(text, self.fault, custom_error_message="wrong form")

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^(?:{self.expression})$"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a closed list: `list` is its name in the register, or `bodies` or `states`."""

    list: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.literal_schema(sorted(closed_list(self.list))),
            "unknown-word",
            custom_error_message="not in its list",
            custom_error_context={"list": self.list},
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "enum": sorted(closed_list(self.list))}


USER_STATES = tuple(f"XX{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Codes that ISO 3166-1 leaves to its users; a workspace names those that it uses (a rule checks that)."""


def closed_list(name: str) -> tuple[str, ...]:
    """The words of a list, as the registers hold them."""
    if name == "states":
        return (*states().codes, *USER_STATES)
    if name == "bodies":
        return tuple(bodies().ids)
    return tuple(words(name).slugs)


CaseId = Annotated[str, Form("bad-case-id", r"[A-Z]{3}-[0-9]{4}-[0-9]{3,6}")]


def no_case(asked: str, hint: str) -> ReprisalError:
    """That there is no case of an id. What does not look like one is not repeated: it may be somebody's name, and what
    a command says lands in logs."""
    named = f"case {asked}" if re.fullmatch(r"[A-Za-z]{2,3}-[0-9-]{1,16}", asked) else "case of this id"
    return ReprisalError(f"there is no {named} that can be read", hint)


EditionId = Annotated[str, Form("bad-edition-id", r"[a-z]+-[0-9]+(?:-[a-z0-9]+)*")]
PersonRef = Annotated[str, Form("bad-ref", r"p[0-9]{1,4}")]
ActRef = Annotated[str, Form("bad-ref", r"a[0-9]{1,4}")]
SourceRef = Annotated[str, Form("bad-ref", r"s[0-9]{1,4}")]
ActionRef = Annotated[str, Form("bad-ref", r"u[0-9]{1,4}")]
ResponseRef = Annotated[str, Form("bad-ref", r"r[0-9]{1,4}")]
ItemRef = Annotated[str, Form("bad-ref", r"[a-z][0-9]{1,4}")]
StateCode = Annotated[str, Word("states")]
BodyId = Annotated[str, Word("bodies")]
FileName = Annotated[str, Form("bad-file-name", r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")]
"""The name of one file: no folder, no way out of the vault."""
Language = Annotated[str, Form("bad-language", r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")]
"""The code of a language, as in the names of the files of sentences."""
Digest = Annotated[str, Form("bad-digest", r"sha256:(?:[0-9a-f]{64}|…)")]
