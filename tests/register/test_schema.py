"""A register that was edited wrongly says which file, which entry, what; it never half loads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reprisal_cli.register import bodies, schema, sessions, states, words

LOADERS: dict[str, Callable[[], object]] = {
    "bodies.yaml": bodies.bodies,
    "families.yaml": bodies.families,
    "sessions.yaml": sessions.sessions,
    "states.yaml": states.states,
    "words.yaml": words.word_lists,
}


def _forget() -> None:
    for load in (bodies.bodies, bodies.families, sessions.sessions, states.states, words.words, words.word_lists):
        load.cache_clear()


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str, str], None]]:
    """A copy of the registers in which one text of one file can be replaced."""
    for file in schema.DATA.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(schema, "DATA", tmp_path)

    def edit(name: str, old: str, new: str) -> None:
        before = (tmp_path / name).read_text("utf-8")
        assert old in before
        (tmp_path / name).write_text(before.replace(old, new, 1), "utf-8")

    _forget()
    yield edit
    _forget()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("bodies.yaml", "short: CAT}", "shrt: CAT}", "bodies.yaml: treaty-bodies: cat: en: unknown key shrt"),
        (
            "bodies.yaml",
            "kind: fund",
            "kind: purse",
            "bodies.yaml: other-un: vfvt: purse is not in the list body-kinds",
        ),
        ("bodies.yaml", "short: CED}", "short: CAT}", "bodies.yaml: ced: the name `CAT` is already that of cat"),
        ("bodies.yaml", "regional:\n", "regionl:\n", "bodies.yaml: unknown key regionl"),
        ("bodies.yaml", "  unama:", "  unami:", "bodies.yaml:"),
        ("families.yaml", "upr: {en:", "upr: {fr:", "families.yaml: upr: en is missing"),
        ("families.yaml", "upr: {en:", "upr: {english:", "families.yaml: upr: unknown key english"),
        ("sessions.yaml", "{number: 14,", "{number: 13,", "sessions.yaml: hrc: session 13 is out of order"),
        ("sessions.yaml", "closes: 2009-10-02", "closes: 2008-10-02", "sessions.yaml: hrc: session 12 closes before"),
        ("sessions.yaml", "opens: 2009-09-14", "opens: September", "sessions.yaml: hrc: 12: opens: a date is written"),
        ("states.yaml", "    AGO, BDI", "    AGO, AFG", "states.yaml: groups: AFG stands in two groups"),
        ("states.yaml", "observers: [VAT, PSE]", "observers: [VAT, EGY]", "states.yaml: observers: an observer stands"),
        ("states.yaml", "last: [PSE]", "last: [QQQ]", "states.yaml: last: QQQ is neither"),
        ("states.yaml", "  african: [", "  afrikan: [", "states.yaml: groups: afrikan is not in the list"),
        ("states.yaml", "  VNM:", "  VNN:", "states.yaml: names: VNN: neither in a group nor an observer"),
        ("states.yaml", "name: Turkey, ", "", "states.yaml: names: TUR: en: name is missing"),
        ("words.yaml", "{word: judge, en: judge}", "{word: judge}", "words.yaml: roles: judge: en is missing"),
        ("words.yaml", "{word: judge, en: judge}", "{word: judge, en: a, x: b}", "words.yaml: roles: unknown key x"),
        (
            "words.yaml",
            "{word: judge, en: judge}",
            "{word: victim, en: judge}",
            "words.yaml: roles: victim stands twice",
        ),
        ("words.yaml", "{word: judge, en: judge}", "judge", "words.yaml: roles: a mapping is needed here"),
    ],
)
def test_a_wrong_entry_is_told_with_its_file_and_place(
    edited: Callable[[str, str, str], None], name: str, old: str, new: str, told: str
) -> None:
    edited(name, old, new)
    with pytest.raises(schema.RegisterError) as caught:
        LOADERS[name]()
    assert caught.value.message.startswith(told)


def test_what_is_no_strict_yaml_is_told_with_its_line(edited: Callable[[str, str, str], None]) -> None:
    edited("families.yaml", "upr: {en: Universal", "upr: &here {en: Universal")
    with pytest.raises(schema.RegisterError, match=r"families\.yaml:3:"):
        bodies.families()
