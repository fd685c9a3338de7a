"""Commands that change a case: what they leave alone, what they refuse, and what two people may do at once."""

from __future__ import annotations

import io
import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.dialect import FORBIDDEN
from reprisal_cli.parse import parse
from reprisal_cli.pipeline.case_new import new_case
from reprisal_cli.pipeline.case_set import CASE
from reprisal_cli.pipeline.casework import Casework, Change, open_casework, save
from reprisal_cli.pipeline.fields import Setting, write_fields
from reprisal_cli.store.append import append, append_at, put, replace
from reprisal_cli.store.new_case import NewCase
from tests.cli.run import committed, git, reprisal
from tests.support.rulebook import FIRST, WHOLE, workspace
from tests.test_sign import APPROVED

NEW = (
    *("case", "new", "--state", "XXA", "--record", "individual", "--title", "Invented, a raid", "--gender", "female"),
    *("--described", "a woman lawyer", "--body", "upr", "--act", "threats", "--by", "desk-1", "--as-of", "2025-02-10"),
)
CASES = sorted([*Path("cases").glob("*/*.yaml"), *(WHOLE / "cases").glob("*/*.yaml")])
VALUES_OF_ONE_LINE = st.one_of(
    st.sampled_from(
        ["2025-01-28", "a: b", "- x", "# no", "{x}", "[x]", "no", "null", "~", "1.10", "'", '"', "a, b", "&a"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30).filter(
        lambda text: FORBIDDEN.search(text) is None
    ),
)
VALUES = VALUES_OF_ONE_LINE | st.sampled_from(["One.\n\nTwo: {p1}.\n", "  indented\nand not\n", "- a\n- b\n"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_edit_adds_lines_and_leaves_every_other_byte(data: st.DataObject) -> None:
    """In the whole example and the real cases, with either line end: comments, order and blank lines stay."""
    raw = data.draw(st.sampled_from(CASES)).read_bytes()
    ending = data.draw(st.sampled_from([b"\n", b"\r\n"]))
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", ending)
    if data.draw(st.booleans()):
        raw = b"\xef\xbb\xbf" + raw
    field = data.draw(st.sampled_from(["responses", "developments", "measures", "un_actions", "history", "persons"]))
    item = data.draw(st.dictionaries(st.sampled_from(["kind", "date", "summary", "reason"]), VALUES, min_size=1))
    changed = append(raw, field, item)
    assert changed is not None
    before = parse(raw, "").data or {}
    after = parse(changed, "").data or {}
    assert {key: value for key, value in after.items() if key != field} == {
        key: value for key, value in before.items() if key != field
    }
    assert after[field][:-1] == before.get(field, [])
    assert [f"{value}".strip("\n") for value in after[field][-1].values()] == [one.strip("\n") for one in item.values()]
    left = iter(changed.split(ending))
    assert all(line in left for line in raw.split(ending) if line), "lines are added between those that were there"
    assert changed.count(b"\r\n") == changed.count(b"\n") * (ending == b"\r\n")


def leaves(data: object, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The ways to every text, and to every list of texts, that a key holds."""
    if isinstance(data, dict):
        found = [(*route, key) for key, inner in data.items() if isinstance(inner, str)]
        found += [(*route, key) for key, inner in data.items() if isinstance(inner, list) and isinstance(inner[0], str)]
        return found + [way for key, inner in data.items() for way in leaves(inner, (*route, key))]
    if isinstance(data, list):
        return [way for index, inner in enumerate(data) for way in leaves(inner, (*route, index))]
    return []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_value_is_changed_and_nothing_else(data: st.DataObject) -> None:
    """Any text or list of any case; every comment stays, but for one between the lines of what is changed."""
    raw = data.draw(st.sampled_from(CASES)).read_bytes()
    before = parse(raw, "").data or {}
    route = data.draw(st.sampled_from(leaves(before)))
    value = data.draw(VALUES.map(lambda text: text.strip("\n")) | st.lists(VALUES_OF_ONE_LINE, min_size=1, max_size=3))
    changed = replace(raw, route, value)
    assert changed is not None
    expected: Any = json.loads(json.dumps(before))  # the reader shares what is the same in two places
    place = expected
    for step in route[:-1]:
        place = place[step]
    place[route[-1]] = value
    assert bare(parse(changed, "").data) == bare(expected)
    comments = [line for line in raw.splitlines() if line.lstrip().startswith(b"#")]
    assert [line for line in changed.splitlines() if line.lstrip().startswith(b"#")] == comments


def bare(data: object) -> object:
    """Data without the line end that a block of text has."""
    if isinstance(data, dict):
        return {key: bare(value) for key, value in data.items()}
    return [bare(value) for value in data] if isinstance(data, list) else f"{data}".rstrip("\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_key_can_be_put_into_every_kind_of_mapping(path: Path) -> None:
    raw = path.read_bytes()
    data = parse(raw, "").data or {}
    for index, person in enumerate(data.get("persons", [])):
        made = put(raw, ("persons", index, "consent"), "review_by", "2035-01-01") or b""
        if "review_by" not in person["consent"]:
            assert (parse(made, "").data or {})["persons"][index]["consent"]["review_by"] == "2035-01-01"
        made = replace(raw, ("persons", index, "described"), "other words, and: more") or b""
        assert (parse(made, "").data or {})["persons"][index]["described"] == "other words, and: more"
    made = put(raw, (), "merged_into", "XXA-2025-001") or b""
    assert (parse(made, "").data or {}).get("merged_into")
    if "text" in data:
        made = put(raw, ("text",), "hrc-99", {"annex": "One.\n\nTwo.\n"}) or b""
        assert (parse(made, "").data or {})["text"]["hrc-99"] == {"annex": "One.\n\nTwo.\n"}


LONG = "On 1 March 2025, special procedures mandate holders addressed the alleged arrest: {p1}. " * 6
FORMS = {
    "double": '"One: two three\n      four five \\\n      six"',
    "single": "'One''s two\n\n      three'",
    "plain": "One two three\n      four five",
    "folded": ">-\n      One two three\n      four five",
    "literal": "|\n      One two three\n\n      four five",
    "one line": f'"{LONG.strip()}"',
}


@pytest.mark.parametrize("words", ["Short: one.", LONG.strip(), "One.\n\nTwo: {p1}."], ids=["short", "long", "two"])
@pytest.mark.parametrize("form", FORMS)
def test_a_text_of_any_form_can_be_set_anew(form: str, words: str) -> None:
    """Quoted over many lines, folded, literal: new words take its place, and what stands below stays."""
    raw = f"text:\n  hrc-60:\n    place: annex-1\n    annex: {FORMS[form]}\n    # a remark\n  hrc-63: {{annex: x}}\n"
    made = write_fields(raw.encode(), CASE, [Setting(("text", "hrc-60", "annex"), words)])
    assert made is not None
    text = (parse(made, "").data or {})["text"]
    assert text["hrc-60"]["annex"].rstrip("\n") == words
    assert text["hrc-63"] == {"annex": "x"}
    assert b"    # a remark\n" in made
    assert b"\\n" not in made, "paragraphs stand on lines of their own"


def test_a_list_within_an_item_grows_beside_its_comment() -> None:
    raw = (WHOLE / FIRST).read_bytes()
    changed = append_at(raw, ("un_actions", 0, "to"), "XXB")
    assert changed is not None
    assert b"to: [XXA, XXB]                    # put to these States" in changed


# --- gates ----------------------------------------------------------------------------------------------------------

HISTORY = """
history:
  - {date: 2025-02-03, status: received, by: desk-1}
  - {date: 2025-02-05, status: screened, by: desk-1}
  - {date: 2025-02-20, status: verified, by: desk-1}
  - {date: 2025-02-25, status: cleared, by: desk-1}
  - {date: 2025-03-01, status: transmitted, by: desk-1}
  - {date: 2025-08-01, status: answered, by: desk-1}
  - {date: 2025-08-02, status: drafted, by: drafter-1}
"""
STEPS = ("received", "screened", "verified", "cleared", "transmitted", "answered", "drafted")


def at(status: str, more: str = "") -> str:
    """The whole example as it was at a status, before it was published."""
    count = STEPS.index(status) + 1
    steps = "".join(f"{line}\n" for line in HISTORY.strip().splitlines()[: count + 1])
    return f"status: {status}\ndevelopments: REMOVE\nreports: REMOVE\nsignoffs: REMOVE\n{steps}{more}"


NO_LIMB = """persons:
  - {ref: p1, kind: individual, gender: female, described: a woman, name: withheld, consent: {level: pending}}
cooperation:
  - {body: hrc}
acts:
  - {ref: a1, type: threats, date: 2025-01-28}
responses: REMOVE
un_actions: REMOVE
text: REMOVE
measures: REMOVE
"""
NOTHING_PUT = "un_actions: REMOVE\nresponses: REMOVE\ntext: REMOVE\n"


@pytest.mark.parametrize(
    ("block", "status", "code", "words"),
    [
        (at("received", NO_LIMB), "screened", "RC701", "p1 has no limb"),
        (at("screened", "corroboration: REMOVE\n"), "verified", "RC702", "`corroboration` is missing"),
        (at("verified", "risk: REMOVE\n"), "cleared", "RC703", "`risk` is missing"),
        (at("cleared", NOTHING_PUT), "transmitted", "RC704", "nothing was put to XXA"),
        (at("transmitted", "responses: REMOVE\ntext: REMOVE\n"), "answered", "RC705", "neither a response nor"),
        (at("transmitted"), "unanswered", "RC706", "a State replied"),
        (at("answered", "text: REMOVE\n"), "drafted", "RC707", "no text for the edition"),
        (at("drafted"), "approved", "RC708", "sign-offs are missing"),
        (at("received"), "verified", "RC715", "after received a case cannot be verified"),
        (at("received"), "withheld", "RC711", "why is not said"),
        (at("received"), "closed", "RC712", "never published"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_a_gate_that_is_shut_names_what_is_missing(
    tmp_path: Path, block: str, status: str, code: str, words: str
) -> None:
    root = workspace(tmp_path, block)
    before = (root / FIRST).read_bytes()
    ran = reprisal(root, "case", "set-status", "XXA-2025-001", status, "--by", "desk-1", "--as-of", "2025-08-06")
    assert ran.code == 1
    assert any(line.strip().startswith(code) for line in ran.err.splitlines()), ran.err
    assert words in ran.err
    assert (root / FIRST).read_bytes() == before


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        ("follow-up", "RC710", "nothing is newer than the last publication"),
        ("published", "RC715", "after published a case cannot be published"),
        ("closed", "RC716", "a reason that is not in the list"),
    ],
)
def test_the_rows_after_publication_are_gates_too(tmp_path: Path, status: str, code: str, words: str) -> None:
    root = workspace(tmp_path)
    file = root / FIRST
    lines = [line for line in file.read_text().splitlines(keepends=True) if "status: follow-up" not in line]
    text = "".join(lines).replace("developments:\n  - {date: 2026-01-10", "developments:\n  - {date: 2025-07-10")
    file.write_text(text.replace("title:", "status: published\ntitle:", 1))
    before = (root / FIRST).read_bytes()
    options = ("--by", "desk-1", "--reason", "done with it", "--as-of", "2026-01-12")
    ran = reprisal(root, "case", "set-status", "XXA-2025-001", status, *options)
    assert ran.code == 1, ran.out
    assert code in ran.err
    assert words in ran.err
    assert (root / FIRST).read_bytes() == before


def test_a_gate_that_is_open_is_passed_with_a_line_of_history(tmp_path: Path) -> None:
    root = workspace(tmp_path, at("verified", "text: REMOVE\n"))
    options = ("--by", "desk-1", "--as-of", "2025-02-25")
    ran = reprisal(root, "case", "set-status", "XXA-2025-001", "cleared", *options)
    assert ran.code == 0, ran.err
    data = parse((root / FIRST).read_bytes(), "").data or {}
    assert data["status"] == "cleared"
    assert data["history"][-1] == {"date": "2025-02-25", "status": "cleared", "by": "desk-1"}
    assert [event["status"] for event in data["history"]] == ["received", "screened", "verified", "cleared"]


def test_a_gate_can_be_tried_without_passing_it(tmp_path: Path) -> None:
    root = workspace(tmp_path, at("verified", "text: REMOVE\n"))
    before = (root / FIRST).read_bytes()
    options = ("--by", "desk-1", "--as-of", "2025-02-25", "--dry-run")
    assert reprisal(root, "case", "set-status", "XXA-2025-001", "cleared", *options).code == 0
    assert reprisal(root, "case", "set-status", "XXA-2025-001", "approved", *options).code == 1
    assert (root / FIRST).read_bytes() == before


@pytest.mark.parametrize("status", ["approved", "published", "cleared"])
def test_a_status_typed_by_hand_passes_no_gate(tmp_path: Path, status: str) -> None:
    """`validate` finds it, and the next `set-status` does not build on it."""
    root = workspace(tmp_path, at("received").replace("status: received", f"status: {status}", 1))
    assert reprisal(root, "validate", "--as-of", "2025-08-06").code == 1
    ran = reprisal(root, "case", "set-status", "XXA-2025-001", status, "--by", "x", "--as-of", "2025-08-06")
    assert ran.code == 1


# --- two people -----------------------------------------------------------------------------------------------------


def merged(root: Path, branch: str) -> subprocess.CompletedProcess[str]:
    own = ("-c", "user.name=Invented", "-c", "user.email=invented@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *own, "merge", branch], cwd=root, check=False, capture_output=True, text=True)


def clones(folder: Path) -> tuple[Path, Path]:
    start = committed(workspace(folder / "start"))
    for name in ("one", "two"):
        git(folder, "clone", "-q", f"{start}", name)
    return folder / "one", folder / "two"


def test_two_clones_that_take_one_id_conflict_where_git_shows_it(tmp_path: Path) -> None:
    """Even if both say the same of their case."""
    one, two = clones(tmp_path)
    for root in (one, two):
        assert "XXA-2025-003" in reprisal(root, *NEW).out
        git(root, "add", "-A", "cases")
        git(root, "commit", "-q", "-m", "case")
    git(one, "fetch", "-q", f"{two}", "main")
    done = merged(one, "FETCH_HEAD")
    assert done.returncode == 1
    assert "CONFLICT (add/add)" in done.stdout


def test_the_one_who_merges_second_takes_the_next_id_as_the_page_says(tmp_path: Path) -> None:
    """The commands of docs/casework.md, as they stand there."""
    one, two = clones(tmp_path)
    for root in (one, two):
        reprisal(root, *NEW)
        git(root, "add", "-A", "cases")
        git(root, "commit", "-q", "-m", "case")
    theirs = (two / "cases/XXA/XXA-2025-003.yaml").read_text()
    git(one, "fetch", "-q", f"{two}", "main")
    assert merged(one, "FETCH_HEAD").returncode == 1
    page = Path("docs/casework.md").read_text()
    shown = re.search(r"```\n(git checkout --ours .*?)```", page, re.DOTALL)
    assert shown
    subprocess.run(shown[1], shell=True, cwd=one, check=True)
    new = one / "cases/XXA/XXA-2025-004.yaml"
    assert new.read_text() == theirs
    new.write_text(theirs.replace("id: XXA-2025-003", "id: XXA-2025-004"))
    git(one, "add", "-A", "cases")
    git(one, "commit", "-q", "-m", "merged")
    assert "3 errors" not in reprisal(one, "validate", "--as-of", "2026-02-01").err
    assert reprisal(one, "case", "list", "--as-of", "2026-02-01").out.count("Invented, a raid") == 2


def test_two_sign_offs_of_one_case_meet_and_none_is_lost(tmp_path: Path) -> None:
    start = committed(workspace(tmp_path / "start", APPROVED))
    for name in ("one", "two"):
        git(tmp_path, "clone", "-q", f"{start}", name)
    one, two = tmp_path / "one", tmp_path / "two"
    for root, subject, who in ((one, "text", "reviewer-1"), (two, "safety", "reviewer-2")):
        options = ("--of", subject, "--by", who, "--edition", "hrc-60", "--as-of", "2025-08-04")
        assert reprisal(root, "sign", "XXA-2025-001", *options).code == 0
        git(root, "commit", "-q", "-a", "-m", "signed")
    git(one, "fetch", "-q", f"{two}", "main")
    assert merged(one, "FETCH_HEAD").returncode == 1
    text = (one / FIRST).read_text()
    assert "reviewer-1" in text
    assert "reviewer-2" in text


def test_a_branch_that_is_known_here_keeps_its_ids(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path / "w"))
    git(root, "checkout", "-q", "-b", "one")
    reprisal(root, *NEW)
    git(root, "add", "-A", "cases")
    git(root, "commit", "-q", "-m", "case")
    git(root, "checkout", "-q", "main")
    git(root, "checkout", "-q", "-b", "two")
    assert "XXA-2025-004" in reprisal(root, *NEW).out
    git(root, "add", "-A", "cases")
    git(root, "commit", "-q", "-m", "case")
    assert merged(root, "one").returncode == 0
    assert sorted(path.stem for path in (root / "cases/XXA").glob("*.yaml"))[2:] == ["XXA-2025-003", "XXA-2025-004"]


def test_an_id_that_was_deleted_is_not_used_again(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path / "w"))
    git(root, "rm", "-q", "cases/XXA/XXA-2025-002.yaml")
    git(root, "commit", "-q", "-m", "gone")
    assert "XXA-2025-003" in reprisal(root, *NEW).out


def test_two_answers_to_one_case_meet_in_a_conflict_and_none_is_lost(tmp_path: Path) -> None:
    one, two = clones(tmp_path)
    for root, words in ((one, "first words."), (two, "second words.")):
        options = ("--date", "2025-07-20", "--to", "u2", "--summary", words, "--as-of", "2026-02-01")
        assert reprisal(root, "case", "respond", "XXA-2025-001", *options).code == 0
        git(root, "commit", "-q", "-a", "-m", "reply")
    git(one, "fetch", "-q", f"{two}", "main")
    assert merged(one, "FETCH_HEAD").returncode == 1
    text = (one / FIRST).read_text()
    assert "first words." in text
    assert "second words." in text


# --- a new error is refused, an old one is not in the way -----------------------------------------------------------


def test_an_edit_that_brings_an_error_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / FIRST).read_bytes()
    ran = reprisal(root, "case", "set", "XXA-2025-001", "acts.a1.sources=s9", "--as-of", "2026-02-01")
    assert ran.code == 1
    assert "RC1" in ran.err
    assert (root / FIRST).read_bytes() == before


def test_what_was_wrong_before_is_not_in_the_way(tmp_path: Path) -> None:
    root = workspace(tmp_path, APPROVED)
    options = ("--measure", "investigation-opened", "--date", "2025-06", "--as-of", "2025-08-04")
    ran = reprisal(root, "case", "develop", "XXA-2025-001", *options)
    assert ran.code == 0, ran.err


def test_a_fact_is_recorded_although_the_status_is_not_borne_out_any_more(tmp_path: Path) -> None:
    """And it is said which gate is shut now."""
    root = workspace(tmp_path, at("answered", "text: REMOVE\n"))
    options = ("--action", "communication", "--by-bodies", "sr-defenders", "--to", "XXA,XXB", "--date", "2025-08-01")
    ran = reprisal(root, "case", "develop", "XXA-2025-001", *options, "--as-of", "2025-08-06")
    assert ran.code == 0, ran.err
    ran = reprisal(root, "case", "set", "XXA-2025-001", "persons.p1.consent.level=withdrawn", "--as-of", "2025-08-06")
    assert ran.code == 0, ran.err
    assert "RC703" in ran.err
    data = parse((root / FIRST).read_bytes(), "").data or {}
    assert data["persons"][0]["consent"]["level"] == "withdrawn"


def test_a_consent_that_is_taken_back_is_recorded_although_a_text_still_refers_to_the_person(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    ran = reprisal(root, "case", "set", "XXA-2025-001", "persons.p1.consent.level=none", "--as-of", "2026-02-01")
    assert ran.code == 0, ran.err
    assert "RC3" in ran.err


def test_no_name_gets_into_a_case_by_a_command(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / FIRST).read_bytes()
    for fields in (
        ("persons.p1.name=Inventa Nemosova",),
        ("persons.p1.name=Inventa Nemosova", "persons.p1.consent.level=none"),
    ):
        ran = reprisal(root, "case", "set", "XXA-2025-001", *fields, "--as-of", "2026-02-01")
        assert ran.code == 1
        assert "RC301" in ran.err
        assert "Nemosova" not in ran.out + ran.err
    ran = reprisal(root, *NEW[:-4], "--name", "Inventa Nemosova", *NEW[-4:])
    assert ran.code == 2
    assert "Nemosova" not in ran.out + ran.err
    assert (root / FIRST).read_bytes() == before


# --- questions ------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_only_what_is_missing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that is in no list is asked for again, with what was probably meant."""
    root = workspace(tmp_path)
    answers = ["Invented, a raid", "a woman lawyer", "femal", "female", "upr,hcr", "upr, hrc", "raid", "raid-or-search"]
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in answers)))
    options = ("--state", "XXA", "--record", "individual", "--by", "desk-1", "--as-of", "2025-02-10")
    ran = reprisal(root, "case", "new", *options)
    assert ran.code == 0, ran.err
    assert "did you mean `female`?" in ran.err
    assert "is it one of raid-or-search? `reprisal words acts` lists them" in ran.err
    data = parse((root / "cases/XXA/XXA-2025-003.yaml").read_bytes(), "").data or {}
    assert (data["title"], data["persons"][0]["gender"], data["acts"][0]["type"]) == (
        "Invented, a raid",
        "female",
        "raid-or-search",
    )
    assert [one["body"] for one in data["cooperation"]] == ["upr", "hrc"]


def test_what_happened_is_asked_for_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(tmp_path)
    monkeypatch.setattr("sys.stdin", Terminal("devlopment\ndevelopment\nreleas\nrelease\n2026-01-20\n"))
    ran = reprisal(root, "case", "develop", "XXA-2025-001", "--persons", "p1", "--as-of", "2026-02-01")
    assert ran.code == 0, ran.err
    data = parse((root / FIRST).read_bytes(), "").data or {}
    assert data["developments"][-1] == {"date": "2026-01-20", "kind": "release", "persons": ["p1"]}


def test_a_further_person_is_asked_for_by_words_and_gender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No day is asked for, since a person has none; who is there keeps the reference."""
    root = workspace(tmp_path)
    monkeypatch.setattr("sys.stdin", Terminal("person\na brother\nmal\nmale\n"))
    ran = reprisal(root, "case", "develop", "XXA-2025-001", "--consent", "statistics-only", "--as-of", "2026-02-01")
    assert ran.code == 0, ran.err
    data = parse((root / FIRST).read_bytes(), "").data or {}
    assert [one["ref"] for one in data["persons"]] == ["p1", "p2", "p3"]
    assert (data["persons"][-1]["described"], data["persons"][-1]["consent"]) == (
        "a brother",
        {"level": "statistics-only"},
    )


def test_two_at_one_machine_never_write_the_same_file(tmp_path: Path) -> None:
    """A file that was made meanwhile is not written over."""
    root = workspace(tmp_path)

    def made(work: Casework, title: str) -> Change:
        return new_case(
            work,
            lambda case_id: NewCase(
                case_id,
                title,
                "situation",
                "XXA",
                date(2025, 2, 10),
                "desk-1",
                "desk-1",
                mark="0",
                cooperation=[{"body": "upr"}],
                acts=[{"ref": "a1", "type": "threats"}],
            ),
            "XXA",
            2025,
        )

    work = open_casework(root, date(2025, 2, 10))
    first, second = made(work, "Invented, one"), made(work, "Invented, two")
    save(first)
    with pytest.raises(ReprisalError, match="made meanwhile"):
        save(second)
    assert "Invented, one" in (root / "cases/XXA/XXA-2025-003.yaml").read_text()
