"""RC6: faults seeded in editions, in manuscripts, and in the place of cases in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprisal_cli.pipeline.validate import validate
from tests.checks.seeding import GONE, Seeds, codes, seeded
from tests.support.rulebook import AS_OF, FIRST, found, workspace

EGYPT = "cases/EGY/EGY-2017-001.yaml"
UNPRINTED: Seeds = {"text": GONE, "reports": GONE, "signoffs": GONE}
EDITION = "# file: templates/editions/hrc-63/edition.yaml\n"
CONTENTS = "# file: templates/editions/hrc-60/edition.yaml\ncontents: [{manuscript: intro.md}, {cases: main}]\n"
INTRO = "# file: templates/editions/hrc-60/intro.md raw\n"


@pytest.mark.parametrize(
    ("code", "path", "seeds"),
    [
        ("RC610", FIRST, {**UNPRINTED, "status": "answered"}),
        ("RC610", FIRST, {**UNPRINTED, "status": "cleared", "acts.0.date": GONE, "acts.1.date": GONE}),
        ("RC610", FIRST, {**UNPRINTED, "status": "follow-up"}),
        ("RC611", FIRST, {"reports": GONE, "text.hrc-63.place": "annex-2"}),
        ("RC611", FIRST, {"reports": GONE}),
        ("RC612", FIRST, {**UNPRINTED, "status": "drafted"}),
        ("RC612", FIRST, {"text.hrc-63": GONE, "status": "drafted"}),
        ("RC613", FIRST, {"text.hrc-63": GONE, "status": "approved"}),
    ],
)
def test_a_fault_seeded_in_a_case_is_found(code: str, path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds, path), "RC61") == {code}


@pytest.mark.parametrize(
    ("path", "seeds"),
    [
        (FIRST, {}),
        (FIRST, {**UNPRINTED, "status": "withheld"}),
        (FIRST, {**UNPRINTED, "status": "verified"}),
        (FIRST, {"text": GONE, "status": "follow-up"}),
        (FIRST, {"text.hrc-63.place": "annex-2"}),
        (EGYPT, {}),
        (EGYPT, {"reports.0.part": "annex II", "text.hrc-36.place": "annex-2"}),  # printed there: a fact
        (EGYPT, {"text": GONE}),
    ],
)
def test_a_case_in_its_place_is_left_alone(path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds, path), "RC61") == set()


def test_a_drafted_case_whose_dates_lie_in_no_period_is_told_of(tmp_path: Path) -> None:
    early = {"received": "2001-02-03", "acts.0.date": "2001-01-28", "acts.1.date": "2001-01-29", "developments": GONE}
    found_here = seeded(tmp_path, {**UNPRINTED, **early, "status": "drafted"})
    assert "the case is drafted, and no edition takes it in" in [one.message for one in found_here]


@pytest.mark.parametrize(
    ("code", "block"),
    [
        ("RC620", "previous: hrc-63\n"),
        ("RC620", "of: hrc-99\n"),
        ("RC620", "period: 2023-05-01/2024-04-30\n"),
        ("RC621", "period: 2025-04-30/2026-04-30\n"),
        ("RC621", "period: 2025-05-02/2026-04-30\n"),
        ("RC622", "session: 62\nsymbol: REMOVE\n"),
        ("RC622", "body: general-assembly\nsymbol: REMOVE\n"),
        ("RC623", "symbol: A/HRC/62/999\n"),
        ("RC623", "symbol: A/HRC63/999\n"),
        ("RC623", "symbol: A/80/999\n"),
        ("RC624", "date: 2026-04-29\n"),
        ("RC624", "date: 2026-08-20\nnote_verbale: {date: 2026-06-10, reply_due: 2026-09-01}\n"),
        ("RC624", "note_verbale: {date: 2026-06-10, reply_due: 2026-06-09}\n"),
        ("RC625", "order: {XXA: [XXA-2025-404]}\n"),
        ("RC625", "order: {XXB: [XXA-2025-001]}\n"),
        ("RC630", "summary: summary.md\n"),
        ("RC632", "version: advance-edited\n"),
        ("RC614", "version: final\nnotice: REMOVE\nword_limit: 8500\n"),
    ],
)
def test_a_fault_seeded_in_an_edition_is_found_at_its_file(code: str, block: str, tmp_path: Path) -> None:
    faults = [one for one in found(tmp_path, EDITION + block) if one.code == code]
    assert faults
    where = FIRST if code == "RC614" else "templates/editions/hrc-63/edition.yaml"
    assert faults[0].location.path == where


@pytest.mark.parametrize(
    "block",
    [
        "symbol: A/HRC/63/999/Add.1\n",
        "date: 2026-08-20\nnote_verbale: {date: 2026-06-10, reply_due: 2026-08-01}\n",
        "version: final\nword_limit: 8500\n",
        "order: {XXA: [XXA-2025-001, XXA-2025-002]}\n",
    ],
)
def test_a_sound_edition_is_left_alone(block: str, tmp_path: Path) -> None:
    assert codes(found(tmp_path, EDITION + block), "RC6") == set()


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("It deals with 21 States.", 'cases.states | count | noun("State", "States")'),
        ("It tells of nine cases.", 'cases | count | noun("case", "cases")'),
        ("It tells of two new cases.", 'cases.new | count | noun("case", "cases")'),
        ("Twenty-one follow-up\ncases are told.", 'cases.follow_up | count | noun("case", "cases")'),
        ("Some 240 individuals were affected.", "cases.persons | count | words"),
    ],
)
def test_a_count_typed_by_hand_is_found_with_its_line(line: str, hint: str, tmp_path: Path) -> None:
    text = f"{CONTENTS}{INTRO}# Introduction\n\n{{{{ cases | count\n | words }}}} cases.\n\n{line}\n"
    [one] = [one for one in found(tmp_path, text) if one.code == "RC631"]
    assert one.location.path == "templates/editions/hrc-60/intro.md"
    assert one.message.startswith("line 6:")
    assert hint in one.hint


@pytest.mark.parametrize(
    "line",
    [
        "{{ cases | count | words }} cases concerning {{ cases.states | count | words }} States.",
        "In the report before, 45 States were named ({ref A/HRC/48/28}).",
        "Reports named more.^[45 States in A/HRC/48/28.]",
        "Letters are public after sixty days; in one case, no State, both States, on 21 May 2020.",
        "Resolution 12/2 concerns States. In 2020 States replied.",
    ],
)
def test_other_numbers_in_a_manuscript_are_left_alone(line: str, tmp_path: Path) -> None:
    assert codes(found(tmp_path, f"{CONTENTS}{INTRO}{line}\n"), "RC63") <= set()


def test_the_word_budget_counts_manuscripts_and_the_texts_of_the_body(tmp_path: Path) -> None:
    text = f"{CONTENTS}word_limit: 14\n{INTRO}Four words stand here.^[And some in a note.]\n"
    [one] = [one for one in found(tmp_path, text) if one.code == "RC633"]
    assert one.message == "the body has some 17 words"
    assert "XXA (13)" in one.hint
    assert one.location.route == ("word_limit",)


def test_a_shared_manuscript_stands_in_for_one_of_its_own(tmp_path: Path) -> None:
    shared = "# file: templates/manuscript/intro.md raw\nText.\n"
    assert "RC630" in codes(found(tmp_path / "without", CONTENTS))
    assert "RC630" not in codes(found(tmp_path / "with", CONTENTS + shared))


def test_a_text_that_is_a_place_alone_is_said_to_be_generated(tmp_path: Path) -> None:
    assert "RC612" in codes(seeded(tmp_path / "place", {"text.hrc-63": {"place": "annex-2"}}))
    assert "RC612" not in codes(seeded(tmp_path / "words", {}))


@pytest.mark.parametrize("fault", ["titel: Invented report\n", "title: [\n", "language: english\n"])
def test_an_edition_that_cannot_be_read_is_one_fault_and_not_one_of_every_case(fault: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    path = folder / "templates/editions/hrc-60/edition.yaml"
    path.write_text(path.read_text(encoding="utf-8") + fault, encoding="utf-8")
    found = {one.location.path for one in validate(folder, AS_OF).found}
    assert found == {"templates/editions/hrc-60/edition.yaml"}


SETTINGS = "edition: hrc-60\nstates: {XXA: Exampleland, XXB: Otherland}\n"


@pytest.mark.parametrize(
    ("settings", "faults"),
    [
        (SETTINGS, set()),
        (SETTINGS.replace("hrc-60", "hrc-99"), {("RC620", ("edition",))}),
        (SETTINGS + "edtion: hrc-60\n", {("RC010", None)}),
        (SETTINGS + "build: cases\n", {("RC015", ("cases",))}),
        (SETTINGS + "build: cases/built\n", {("RC015", ("build",))}),
        (SETTINGS + "vault: templates/vault\n", {("RC015", ("vault",))}),
        (SETTINGS + "vault: ../vault\n", set()),
    ],
)
def test_a_fault_of_the_settings_is_told_once_and_where_it_is(
    settings: str, faults: set[object], tmp_path: Path
) -> None:
    folder = workspace(tmp_path)
    (folder / "reprisal.yaml").write_text(settings, encoding="utf-8")
    found = validate(folder, AS_OF).found
    assert {(one.code, one.location.route) for one in found} == faults
    assert {one.location.path for one in found} <= {"reprisal.yaml"}
