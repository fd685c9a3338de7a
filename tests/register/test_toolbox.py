"""The toolbox holds what it says, in words that the format knows."""

from __future__ import annotations

import pytest

from reprisal_cli.register import toolbox as module
from reprisal_cli.register.bodies import bodies, families
from reprisal_cli.register.schema import RegisterError
from reprisal_cli.register.toolbox import CONDITIONS, toolbox
from reprisal_cli.register.words import words


def test_every_tool_is_worded_and_rests_on_something() -> None:
    for tool in toolbox().tools:
        assert tool.name("en")
        assert tool.why("en").endswith(".")
        assert tool.basis
        assert tool.bodies


def test_every_act_has_a_tool_of_its_own() -> None:
    """None is left with what fits every case alone."""
    covered = {act for tool in toolbox().tools for act in tool.acts or ()}
    assert set(words("acts")) == covered


def test_every_condition_is_used_and_worded() -> None:
    used = {tool.when for tool in toolbox().tools if tool.when}
    assert used == set(CONDITIONS)
    assert all(toolbox().condition(name, "en") for name in CONDITIONS)


def test_what_the_public_sees_takes_a_consent_or_tells_of_nobody() -> None:
    for tool in toolbox().tools:
        assert not tool.public or tool.uses or tool.id in ("law-letter", "visit-obstructed"), tool.id


@pytest.mark.parametrize(
    ("field", "value", "words_of_the_fault"),
    [
        ("acts", ["threat"], "threat is not in the list acts"),
        ("by", ["nobody"], "nobody is neither a body nor a family"),
        ("when", "often", "there is no condition often"),
        ("action", "talk", "talk is not in the list un-action-kinds"),
        ("colour", "red", "unknown key colour"),
    ],
)
def test_a_tool_that_is_at_fault_is_named(
    monkeypatch: pytest.MonkeyPatch, field: str, value: object, words_of_the_fault: str
) -> None:
    tool = {"by": ["ohchr"], "action": "letter", "en": "A", "why": {"en": "B."}, "basis": "operative 1", field: value}
    data = {"tools": {"odd": tool}, "conditions": {name: {"en": name} for name in CONDITIONS}}
    monkeypatch.setattr(module, "read", lambda _: data)
    with pytest.raises(RegisterError, match=f"odd: .*{words_of_the_fault}"):
        module._register()


def test_every_family_of_bodies_has_a_tool_of_its_own_but_the_office_itself() -> None:
    covered = {bodies().family(body) for tool in toolbox().tools for body in tool.with_bodies or ()}
    assert set(families()) - covered == {"ohchr-and-sg"}
