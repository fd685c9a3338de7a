"""Practices and focal points in a manuscript: printed with their source, counted, and never later than the edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprisal_cli.compile.report import Manuscripts, Source, compile_report
from reprisal_cli.compile.tree import Link, Para, Report, text_of, walk_inlines
from reprisal_cli.model.practice import FocalPoints, Practices, Registers
from reprisal_cli.pipeline.load import load
from reprisal_cli.store.workspace import open_workspace
from tests.support.builders import HRC_63, ROOT, case, record, sentences, shown, with_manuscript, workspace

PRACTICES = {
    "practices": [
        {
            "entity": "cat",
            "kind": "guideline",
            "what": "rules of its own",
            "date": "2015",
            "reference": "HRI/MC/2015/6",
        },
        {"entity": "asg", "kind": "training", "what": "a course *for all*", "function": "desk on civic space"},
        {"entity": "cat", "kind": "message", "what": "words of next year", "date": "2026-01"},
    ]
}
POINTS = {"focal_points": [{"entity": "ohchr", "function": "focal point on reprisals", "date": "2025-03"}]}


def report(text: str, registers: Registers | None = None) -> Report:
    known = registers or Registers(
        record(PRACTICES, Practices).practices, record(POINTS, FocalPoints).focal_points, "p.yaml", "f.yaml"
    )
    public = shown([case()], editions=(with_manuscript("policy"), HRC_63))
    sections = {"policy.md": Source("templates/policy.md", text)}
    made, found = compile_report(public, Manuscripts(sections, {}, known), sentences())
    assert [one for one in found if one.severity == "error"] == [], found
    return made


def paras(made: Report) -> list[Para]:
    return [block for block in made.parts[0].blocks if isinstance(block, Para) and block.id.startswith("m_")]


def test_each_practice_is_an_item_with_its_date_and_its_source() -> None:
    made = paras(report("They are:\n\n{{ practices | items }}\n"))
    assert [text_of(one.inlines) for one in made] == [
        "They are:",
        "The Committee against Torture: rules of its own, 2015 (HRI/MC/2015/6);",
        "The Assistant Secretary-General for Human Rights: a course *for all* (desk on civic space).",
    ]
    assert [one.level for one in made] == [0, 1, 1]
    links = [node for node in walk_inlines(made[1].inlines) if isinstance(node, Link)]
    assert links[0].url.endswith("HRI/MC/2015/6")


def test_an_item_is_traced_to_its_entry() -> None:
    origins = [one.origin for one in paras(report("They are:\n\n{{ practices | items }}\n"))[1:]]
    assert [(origin.file, origin.route) for origin in origins] == [
        ("p.yaml", ("practices", 0)),
        ("p.yaml", ("practices", 1)),
    ]


def test_what_is_dated_after_the_edition_is_left_out() -> None:
    assert not any("next year" in text_of(one.inlines) for one in paras(report("A:\n\n{{ practices | items }}\n")))


def test_practices_of_a_kind_focal_points_and_their_numbers() -> None:
    made = paras(report('There are {{ practices | count | words }}.\n\n{{ practices.of("training") | items }}\n\n'
                        "{{ focal_points | items }}\n"))  # fmt: skip
    assert [text_of(one.inlines) for one in made] == [
        "There are two.",
        "The Assistant Secretary-General for Human Rights: a course *for all* (desk on civic space).",
        "OHCHR: focal point on reprisals, March 2025.",
    ]
    assert [one.numbered for one in made] == [True, False, False], "no (a) where there is no (b)"


def test_an_empty_register_leaves_nothing() -> None:
    text = "{% if practices %}They are:{% endif %}\n\n{{ practices | items }}\n"
    assert paras(report(text, Registers(focal_points=record(POINTS, FocalPoints).focal_points))) == []


@pytest.mark.parametrize(
    "text",
    ["They are {{ practices | items }} and more.", '{{ practices.of("guide") | items }}', "{{ cases | items }}",
     "{{ practices }}", "{{ practices.entries }}"],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_finding(text: str) -> None:
    with pytest.raises(AssertionError, match="RC601"):
        report(text)


def test_a_register_is_read_as_strictly_as_a_case(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, files={"templates/registers/practices.yaml": "practices:\n  - {entity: cats, kind: x}\n"}
    )
    opened, found = open_workspace(root)
    assert {one.location.path for one in found} == {"templates/registers/practices.yaml"}
    assert {one.name for one in found} >= {"unknown-word"}
    assert opened.registers.practices == ()


def test_the_registers_of_this_repository_have_no_fault_and_are_printed() -> None:
    from datetime import date

    loaded = load(ROOT, date(2026, 2, 1))
    assert [one for one in loaded.found if "registers" in one.location.path] == []
    assert len(loaded.workspace.registers.practices) > 2
    for path in ("templates/manuscript/policy.md", "templates/editions/hrc-45/policy.md"):
        assert "{{ practices | items }}" in (ROOT / path).read_text()
