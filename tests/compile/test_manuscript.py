"""The small language of manuscripts: each step and filter, its faults, and that a value is never markup."""

from __future__ import annotations

import time
from typing import Any

import pytest

from reprisal_cli.compile.tree import Figure, Para, Report, Value, text_of, walk_inlines
from reprisal_cli.diagnostic import Diagnostic
from tests.support.builders import HRC_63, case, compiled, headings, paragraphs, person, with_manuscript

WOMAN, MAN = person("p1", name="not-stated"), person("p1", gender="male", roles=["judge"], name="not-stated")
CASES = [
    case(
        "XXA-2025-101",
        persons=[WOMAN],
        acts=[{"type": "threats", "mode": "online", "actor": {"class": "state"}}],
        cooperation=[{"body": "cat"}],
        un_actions=[{"ref": "u1", "by": ["sr-defenders"]}],
        responses=[{"ref": "r1", "state": "XXA", "date": "2025-04-01"}],
    ),
    case(
        "XXA-2025-102",
        persons=[MAN],
        acts=[{"type": "travel-ban", "mode": "both", "actor": {"class": "both"}}],
        effects=["self-censorship"],
    ),
    case(
        "XXB-2025-101",
        persons=[person(kind="group", gender="mixed", count="at least 31")],
        record="group",
        also_states=["XXC"],
        acts=[{"type": "threats", "mode": "offline", "actor": {"class": "non-state"}}],
        un_actions=[{"ref": "u1", "by": ["wgad", "asg"]}],
        responses=[{"ref": "r1", "state": "XXB", "none_as_of": "2025-08-01"}],
    ),
    case(
        "XXC-2025-101",
        persons=[
            person(roles=["woman-human-rights-defender"], gender="not-stated", count="unknown", name="not-stated")
        ],
        text={"hrc-60": {"place": "annex-2", "annex": "Follow-up."}},
        acts=[{"type": "surveillance"}],
    ),
]


def made(text: str, cases: list[dict[str, Any]] = CASES, **fields: Any) -> tuple[Report, list[Diagnostic]]:
    return compiled(cases, editions=[with_manuscript("x", **fields), HRC_63], x=text)


def said(text: str, **fields: Any) -> str:
    report, found = made(text, **fields)
    assert found == [], found[0].message
    return paragraphs(report, "main")[0].removeprefix("1. ")


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("cases | count", "4"),
        ("cases | count | words", "four"),
        ("cases.new | count", "3"),
        ("cases.follow_up | count", "1"),
        ("cases.online | count", "2"),
        ("cases.women | count", "2"),
        ("cases.answered | count", "1"),
        ("cases.withheld | count", "1"),
        ('cases.by("special-procedures") | count', "2"),
        ('cases.by("wgad") | count', "1"),
        ('cases.by("treaty-bodies") | count', "0"),
        ('cases.with_body("cat") | count', "1"),
        ('cases.with_body("treaty-bodies") | count', "1"),
        ('cases.with_body("hrc") | count', "3"),
        ('cases.act("threats") | count', "2"),
        ('cases.act("threats", "travel-ban") | count', "3"),
        ('cases.effect("self-censorship") | count', "1"),
        ('cases.role("judge") | count', "1"),
        ('cases.record("group") | count', "1"),
        ('cases.actor("state") | count', "2"),
        ('cases.actor("non-state") | count', "2"),
        ('cases.in_state("XXC") | count', "2"),
        ('cases.new.act("threats").online | count', "1"),
        ("cases.states | count", "3"),
        ("cases.new.states | count", "3"),
        ("cases.persons | count", "33"),
        ("cases.states | list", "Exampleland, Otherland and Thirdland"),
        ("cases.follow_up.states | list", "Thirdland"),
        ('cases.act("surveillance").states | cite', "Thirdland, annex II, para. 1"),
        ('cases.by("treaty-bodies").states | list', ""),
        ('cases.new.states | count | noun("State", "States")', "three States"),
        ('cases.follow_up | count | noun("case", "cases")', "one case"),
        ('cases.by("treaty-bodies") | count | noun("case", "cases")', "no cases"),
        ('cases.persons | noun("person", "persons")', "33 persons"),
        ("edition.id", "hrc-60"),
        ("edition.symbol", "A/HRC/60/999"),
        ("edition.period", "1 May 2024 to 30 April 2025"),
    ],
)
def test_each_step_and_filter(expression: str, result: str) -> None:
    assert said(f"|{{{{ {expression} }}}}|") == f"|{result}|"


def test_an_edition_knows_its_ordinal_and_the_symbol_before_it() -> None:
    assert (
        said("{{ edition.ordinal_words }} {{ edition.previous_symbol }}", ordinal="11", previous="hrc-63")
        == "eleventh A/HRC/63/999"
    )


def test_conditions_and_names_hold_within_a_paragraph() -> None:
    text = '{% set some = cases.act("threats") %}{% if some %}In {{ some | count }}.{% endif %}'
    text += '{% if cases.by("cat") %}Never.{% endif %}'
    assert said(text) == "In 2."
    assert said("{% for one in [1, 2] %}{{ cases | count }} {% endfor %}") == "4 4"


def test_a_paragraph_without_anything_to_say_is_left_out() -> None:
    report, found = made('{% if cases.by("cat") %}Never.{% endif %}\n\nText.')
    assert found == []
    assert paragraphs(report, "main")[0] == "1. Text."


# --- faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ('cases.act("treats")', "did you mean `threats`?"),
        ('cases.by("special-procedure")', "did you mean `special-procedures`?"),
        ('cases.with_body("sr-defender")', "did you mean `sr-defenders`?"),
        ('cases.effect("selfcensorship")', "did you mean `self-censorship`?"),
        ('cases.role("judges")', "did you mean `judge`?"),
        ('cases.record("groups")', "did you mean `group`?"),
        ('cases.actor("states")', "did you mean `state`?"),
        ('cases.in_state("Turkey")', "did you mean `TUR`?"),
    ],
)
def test_an_unknown_word_gets_a_suggestion_with_file_and_line(expression: str, hint: str) -> None:
    _, found = made(f"# Heading\n\nOne.\n\nTwo\n{{{{ {expression} | count }}}}.\n")
    assert [(one.code, one.hint) for one in found] == [("RC601", hint)]
    span = found[0].location.span
    assert span is not None
    assert (found[0].location.path, span.line) == ("templates/x.md", 5)


def test_all_faults_of_a_manuscript_are_told_and_the_rest_is_set() -> None:
    report, found = made("{{ nothing }}\n\nSound.\n\n{{ cases. }}\n\n{{ cases }}")
    assert [one.location.span.line for one in found if one.location.span] == [1, 5, 7]
    assert paragraphs(report, "main")[0] == "1. Sound."


FAULTY = [
    "{{ x }}",
    "{{ cases.x }}",
    "{{ edition.x }}",
    "{{ cases }}",
    "{{ cases.states }}",
    "{{ cases.persons }}",
    "{{ none }}",
    "{{ 1 }}",
    "{{ 1.5 }}",
    "{{ cases | count",
    "{{ }}",
    "{% if %}",
    "{% if cases %}",
    "{% endif %}",
    "{{ cases | upper }}",
    "{{ cases | words | words | x }}",
    "{{ cases.by() | count }}",
    "{{ cases.by(3) | count }}",
    '{{ cases.act(["threats"]) | count }}',
    "{{ cases() }}",
    "{{ cases | count() | list }}",
    "{{ cases | list }}",
    "{{ cases | cite }}",
    '{{ "x" | count }}',
    "{{ cases.states | noun }}",
    '{{ cases | noun("a") }}',
    "{{ edition }}",
    "{{ cases.told }}",
    "{{ cases.ids }}",
    "{{ (1, 2) }}",
    "{{ [] }}",
    "{{ true }}",
    "{{ cases.by }}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{{ cases[0] }}",
    "{{ cases | count + 1 }}",
    "{{ 1 / 0 }}",
    "{{ cases.by(cases) | count }}",
    '{{ cases.in_state("XXQ", 3) | count }}',
]


@pytest.mark.parametrize("text", FAULTY)
def test_what_cannot_be_worked_out_is_a_fault_and_never_a_crash(text: str) -> None:
    _, found = made(f"A.\n\n{text}")
    assert [one.code for one in found] == ["RC601"]
    assert found[0].location.span is not None
    assert found[0].location.span.line == 3
    assert found[0].hint


ATTACKS = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cases.__init__.__globals__ }}",
    "{{ cases.act.__func__ }}",
    "{{ cases['__class__'] }}",
    "{{ cases | attr('__class__') }}",
    "{{ self.__init__ }}",
    "{{ self }}",
    "{{ cycler }}",
    "{{ lipsum }}",
    "{{ config }}",
    "{{ request }}",
    "{{ joiner }}",
    "{% for x in range(10**9) %}a{% endfor %}",
    "{{ range(10**10) }}",
    "{{ 'a' * 10**10 }}",
    "{{ 9**9**9**9 }}",
    "{{ 10**10**10 }}",
    "{{ '%01000000000d' % 1 }}",
    "{{ '{:>1000000000}'.format('a') }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a'.center(10**9) }}",
    "{{ ('a' ~ 'b') * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ 1 << 10000000000 }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{{ edition.update({'id': 'x'}) }}",
    "{{ cases.told.append(1) }}",
    "{% set cases.x = 1 %}",
    "{{ edition.__setitem__('id', 'x') }}",
    "{{ edition.pop('id') }}",
    "{{ ''.format_map(cases) }}",
    "{{ 'x'.encode() }}",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_the_sandbox_holds(text: str) -> None:
    start = time.process_time()
    report, found = made(text)
    assert [one.code for one in found] == ["RC601"]
    assert time.process_time() - start < 2
    assert "<class" not in repr([block for block in report.parts[0].blocks if isinstance(block, Para)])


# --- values are never markup ----------------------------------------------------------------------------------------

MARKS = "*a* {p1} ^[b] [c](https://d.e) {{ f }} <b>"


def test_a_value_is_never_markup() -> None:
    report, found = compiled(
        CASES, editions=[with_manuscript("x", symbol=MARKS)], x="{{ edition.symbol }} {{ '*x* ^[y]' }}"
    )
    assert found == []
    block = next(block for block in report.parts[0].blocks if isinstance(block, Para))
    assert [(type(node).__name__, text_of((node,))) for node in walk_inlines(block.inlines)] == [
        ("Value", MARKS),
        ("Text", " "),
        ("Value", "*x* ^[y]"),
    ]


def test_values_may_stand_in_emphasis_notes_and_headings() -> None:
    report, found = made(
        "# On {{ cases | count }}\n\n*{{ cases | count }}* and^[{{ cases.states | list }}]"
        "\n\n- {{ cases | count }}\n- b"
    )
    assert found == []
    assert headings(report, "main")[0] == "I. On 4"
    assert paragraphs(report, "main")[:3] == ["1. 4 and", "1. 4", "2. b"]


def test_a_manuscript_refers_to_cases_and_to_nobody() -> None:
    assert said("{case XXC-2025-101}") == "annex II, para. 1"
    for text in ("{p1}", "{u1}", "{r1}", "{case}", "{reports}"):
        assert [one.code for one in made(text)[1]] == ["RC601"]


# --- figures --------------------------------------------------------------------------------------------------------


def figures(text: str) -> list[Figure]:
    return [one for one in made(text)[0].figures if one.id.startswith("f")]  # others are of the statistical annex


def test_each_figure_has_its_question_and_the_cases_that_prove_it() -> None:
    found = figures('{{ cases.act("threats") | count }} {{ cases.states | list }} {{ cases.online | count | words }}')
    assert [(one.text, one.query, one.cases, one.items) for one in found] == [
        ("2", 'cases.act("threats") | count', ("XXA-2025-101", "XXB-2025-101"), ()),
        (
            "Exampleland, Otherland and Thirdland",
            "cases.states | list",
            ("XXA-2025-101", "XXA-2025-102", "XXB-2025-101", "XXC-2025-101"),
            ("Exampleland", "Otherland", "Thirdland"),
        ),
        ("two", "cases.online | count", ("XXA-2025-101", "XXA-2025-102"), ()),
    ]


def test_each_printed_figure_is_proven_and_each_proof_has_its_own_key() -> None:
    report, _ = made("{{ cases | count }} {{ cases | count }}^[{{ cases.new | count }}]\n\n{{ cases.online | count }}")
    printed = [
        node.figure
        for part in report.parts
        for block in part.blocks
        if isinstance(block, Para)
        for node in walk_inlines(block.inlines)
        if isinstance(node, Value) and node.figure
    ]
    assert printed == ["f1", "f2", "f3", "f4"]
    assert {one.id for one in report.figures} >= set(printed)


def test_a_number_of_persons_too_small_to_be_told_is_refused_at_its_line() -> None:
    """A sentence counts as a cell of the tables: none counts one to four persons who are not publicly known."""
    _, found = made('Text.\n\nWomen: {{ cases.in_state("XXA").persons | count }}.')
    assert [(one.code, one.location.span.line) for one in found if one.location.span] == [("RC601", 3)]
    assert said("{{ cases.persons | count }}") == "33"
