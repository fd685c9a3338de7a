"""The invented case through its whole life, by commands alone, in a git repository: each step is one commit."""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.parse import parse
from tests.cli.run import committed, git, reprisal
from tests.protect.vaults import identity, vault
from tests.support.builders import HRC_60, workspace
from tests.test_casework import merged

CASE = "XXA-2025-001"
FILE = f"cases/XXA/{CASE}.yaml"
NOTICE = "Invented example; not a United Nations document"
EDITION = {
    **HRC_60,
    "notice": NOTICE,
    "version": "final",
    "note_verbale": {"date": "2025-06-10", "reply_due": "2025-08-01"},
}


class Desk:
    """A repository in which somebody works: each command that changes something is committed at once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def does(self, *arguments: str, day: str = "", code: int = 0, commit: bool = True) -> str:
        options = ("--as-of", day) if day else ()
        ran = reprisal(self.root, *arguments, *options)
        assert ran.code == code, f"{' '.join(arguments)}\n{ran.out}{ran.err}"
        if code:
            assert git(self.root, "status", "--porcelain") == "", "what is refused writes nothing"
        elif commit:
            git(self.root, "add", "-A")
            git(self.root, "commit", "-q", "-m", " ".join(arguments[:3]))
        return ran.out + ran.err

    def data(self) -> dict[str, Any]:
        return parse((self.root / FILE).read_bytes(), "").data or {}

    def builds(self, edition: str, day: str = "") -> dict[str, Any]:
        out = self.does(
            "build", "report", "-e", edition, "--to", "html", "--final", "--identity", "key.txt", commit=False
        )
        assert "1 in this edition" in out, out
        return dict(json.loads((self.root / "build" / edition / "report.map.json").read_text()))


def begun(folder: Path) -> Desk:
    """A new workspace with a vault and one edition, and no case."""
    root = workspace(folder, [], [EDITION])
    key = identity()
    vault(root, key, identity())
    (root / "key.txt").write_text(f"{key}\n")
    (root / "key.txt").chmod(0o600)
    (root / ".gitignore").write_text("key.txt\nbuild/\n")
    return Desk(committed(root))


def to_the_answer(desk: Desk) -> None:
    """From the allegation to the State's reply."""
    desk.does("case", "new", "--state", "XXA", "--record", "individual", "--title", "Invented, arrest after an event",
              "--described", "a woman human rights defender", "--gender", "female", "--limb", "a", "--body", "hrc",
              "--act", "arbitrary-arrest-or-detention", "--act-date", "2025-01-28", "--source", "ngo",
              "--received", "2025-02-03", "--assignee", "desk-1", "--by", "desk-1", day="2025-02-03")  # fmt: skip
    step(desk, "screened", "2025-02-05")
    step(desk, "verified", "2025-02-20", code=1)
    desk.does("case", "develop", CASE, "--source", "un-field", "--date", "2025-02-10", day="2025-02-19")
    desk.does("case", "set", CASE, "acts.a1.sources=s1,s2", "acts.a1.persons=p1", day="2025-02-19")
    desk.does("case", "set", CASE, "corroboration.status=corroborated", "corroboration.by=desk-1",
              "corroboration.date=2025-02-20", "corroboration.standard=reasonable-grounds",
              day="2025-02-20")  # fmt: skip
    step(desk, "verified", "2025-02-20")
    step(desk, "cleared", "2025-02-25", code=1)
    desk.does("case", "set", CASE, "persons.p1.consent.level=public-no-name", "persons.p1.consent.uses=report,state",
              "persons.p1.consent.given_by=victim", "persons.p1.consent.date=2025-02-21",
              "persons.p1.consent.risks_explained=yes", "persons.p1.consent.review_by=2035-02-01",
              day="2025-02-21")  # fmt: skip
    desk.does("case", "set", CASE, "risk.date=2025-02-25", "risk.by=desk-1", "risk.if_published=medium",
              "risk.mitigations=withhold-name", "risk.decision=publish-withheld", "risk.review_by=2035-02-01",
              day="2025-02-25")  # fmt: skip
    step(desk, "cleared", "2025-02-25")
    step(desk, "transmitted", "2025-03-01", code=1)
    desk.does("case", "develop", CASE, "--action", "communication", "--by-bodies", "sr-defenders", "--letter", "UA",
              "--number", "XXA 1/2025", "--date", "2025-03-01", "--to", "XXA", day="2025-03-01")  # fmt: skip
    step(desk, "transmitted", "2025-03-01")
    step(desk, "unanswered", "2025-03-10", code=1)
    desk.does("case", "respond", CASE, "--to", "u1", "--date", "2025-04-25", "--kinds", "rejects-allegation",
              "--addresses-reprisal", "no", "--language", "en", "--summary", "the arrest had no link with the event.",
              day="2025-04-26")  # fmt: skip
    step(desk, "answered", "2025-04-26")


def step(desk: Desk, status: str, day: str, code: int = 0) -> None:
    desk.does("case", "set-status", CASE, status, "--by", "desk-1", day=day, code=code)


def to_the_approval(desk: Desk, edition: str, text: str, days: tuple[str, str]) -> None:
    """Drafted by one, signed by two others."""
    step(desk, "drafted", days[0], code=1)
    desk.does("case", "set", CASE, f"text.{edition}.annex={text}", day=days[0])
    desk.does("case", "set-status", CASE, "drafted", "--by", "drafter-1", day=days[0])
    step(desk, "approved", days[1], code=1)
    desk.does("sign", CASE, "-e", edition, "--of", "text", "--by", "drafter-1", day=days[1], code=2)
    desk.does("sign", CASE, "-e", edition, "--of", "text", "--by", "reviewer-1", day=days[1])
    desk.does("sign", CASE, "-e", edition, "--of", "safety", "--by", "reviewer-1", day=days[1], code=2)
    desk.does("sign", CASE, "-e", edition, "--of", "safety", "--by", "reviewer-2", day=days[1])
    step(desk, "approved", days[1])


FIRST_TEXT = "On 1 March 2025, a mandate holder addressed the alleged arrest of {p1} ({u1})."
SECOND_TEXT = "On 10 January 2026, {p1} was reportedly released."


@cache
def lived() -> Path:
    """The repository after the whole life; made once a test run."""
    import atexit
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="reprisal-life-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk = begun(folder / "w")
    to_the_answer(desk)
    desk.does("publish", "hrc-60", "--by", "editor-1", day="2025-09-20", code=2)
    to_the_approval(desk, "hrc-60", FIRST_TEXT, ("2025-08-02", "2025-08-05"))
    desk.builds("hrc-60")
    desk.does("publish", "hrc-60", "--by", "editor-1", day="2025-09-20")
    desk.does("edition", "new", "hrc-63", "--from", "hrc-60")
    desk.does("case", "develop", CASE, "--development", "release", "--date", "2026-01-10", "--persons", "p1",
              "--effect", "improved", "--sources", "s2", day="2026-01-12")  # fmt: skip
    step(desk, "follow-up", "2026-01-12")
    step(desk, "cleared", "2026-01-13", code=1)
    desk.does("case", "set", CASE, "risk.date=2026-01-13", day="2026-01-13")
    step(desk, "cleared", "2026-01-13")
    desk.does("case", "develop", CASE, "--action", "note-verbale", "--by-bodies", "ohchr", "--number",
              "note-verbale:hrc-63", "--date", "2026-02-10", "--to", "XXA", day="2026-02-10")  # fmt: skip
    step(desk, "transmitted", "2026-02-10")
    desk.does("case", "respond", CASE, "--to", "u2", "--none-as-of", "2026-04-20", day="2026-04-20")
    step(desk, "unanswered", "2026-04-20")
    to_the_approval(desk, "hrc-63", SECOND_TEXT, ("2026-05-02", "2026-05-05"))
    return desk.root


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A copy of that repository, ready for the second edition."""
    shutil.copytree(lived(), tmp_path / "w", symlinks=True)
    return Desk(tmp_path / "w")


def named(desk: Desk) -> None:
    """The second edition gets its symbol and its final version."""
    desk.does("edition", "set", "hrc-63", "symbol=A/HRC/63/999", "version=final", day="2026-08-20")


@pytest.mark.slow
def test_the_second_editions_annex_opens_by_itself(desk: Desk) -> None:
    first = desk.data()["reports"]
    assert first == [
        {
            "edition": "hrc-60",
            "symbol": "A/HRC/60/999",
            "part": "annex I",
            "paras": ["1"],
            "state": "XXA",
            "built": "yes",
        }
    ]
    named(desk)
    data = desk.builds("hrc-63")
    ours = [one for one in data["paragraphs"] if CASE in one["cases"]]
    assert {one["part"] for one in ours} == {"annex-2"}
    assert ours[0]["route"] == ["reports"]
    html = (desk.root / "build/hrc-63/report.html").read_text()
    assert "was included in the 2025 report" in html
    assert "annex I, para. 1" in html
    out = desk.does("publish", "hrc-63", "--by", "editor-1", day="2026-09-20")
    assert "frozen, 1 case" in out
    assert desk.data()["reports"][:1] == first
    assert [one["part"] for one in desk.data()["reports"]] == ["annex I", "annex II"]
    assert [one["status"] for one in desk.data()["history"]][-5:] == [
        "transmitted",
        "unanswered",
        "drafted",
        "approved",
        "published",
    ]
    assert reprisal(desk.root, "validate", "--as-of", "2026-09-20", "--strict").code == 0
    assert "hrc-63 was published" in desk.does("edition", "set", "hrc-63", "symbol=A/HRC/63/1", code=2)
    again = reprisal(desk.root, "publish", "hrc-63", "--by", "editor-1", "--as-of", "2026-09-21")
    assert "nothing is left to do" in again.out
    desk.does("case", "close", CASE, "--reason", "resolved: released", "--by", "desk-1", day="2026-10-01")
    assert reprisal(desk.root, "validate", "--as-of", "2026-10-01", "--strict").code == 0


@pytest.mark.slow
def test_each_step_is_one_commit_and_keeps_what_was_there(desk: Desk) -> None:
    """No line of the file is rewritten but the status, the decision on risk, and what was set anew."""
    log = git(desk.root, "log", "--format=%H", "--reverse", "--", FILE).split()
    assert len(log) > 25
    for commit in log[1:]:
        shown = git(desk.root, "show", "--numstat", "--format=", commit, "--", FILE).split()
        assert int(shown[1]) <= 2, git(desk.root, "show", commit)


@pytest.mark.slow
@pytest.mark.parametrize("status", ["drafted", "published", "follow-up", "closed", "answered"])
def test_no_gate_is_passed_by_hand(desk: Desk, status: str) -> None:
    file = desk.root / FILE
    file.write_text(file.read_text().replace("status: approved\n", f"status: {status}\n", 1))
    ran = reprisal(desk.root, "validate", "--as-of", "2026-05-06")
    assert ran.code == 1
    assert "RC714" in ran.out


@pytest.mark.slow
def test_a_publication_by_hand_is_found(desk: Desk) -> None:
    """Status, step and entry, all typed in: the edition was never frozen."""
    forged(desk, "published")
    ran = reprisal(desk.root, "validate", "--as-of", "2026-09-20")
    assert ran.code == 1
    assert "RC709" in ran.out
    assert "RC719" in ran.out
    placed(desk)
    ran = reprisal(desk.root, "validate", "--as-of", "2026-09-20")
    assert ran.code == 1
    assert ran.out.count("RC719") == 2, "the step, and the entry"
    assert "RC718" not in ran.out


@pytest.mark.slow
def test_a_step_on_from_a_publication_by_hand_hides_nothing(desk: Desk) -> None:
    forged(desk, "published", "closed")
    ran = reprisal(desk.root, "validate", "--as-of", "2026-09-20")
    assert ran.code == 1
    assert "RC719" in ran.out


@pytest.mark.slow
def test_the_first_publication_by_hand_is_found_where_changes_are_reviewed(desk: Desk) -> None:
    """Where no edition was ever frozen a file may be older than this program; what a branch adds is not."""
    last = git(desk.root, "log", "--format=%H", "--diff-filter=A", "--", "templates/editions/hrc-60/published.json")
    git(desk.root, "checkout", "-q", "-b", "other", f"{last.strip()}^")
    forged(desk, "published", day="2025-09-20", of="hrc-60", part="annex I")
    git(desk.root, "commit", "-qam", "forged")
    ran = reprisal(desk.root, "validate", "--as-of", "2025-09-20")
    assert ran.code == 0
    assert "RC718" in ran.out
    ran = reprisal(desk.root, "diff", "HEAD^", "HEAD", "--require")
    assert ran.code == 1
    assert "built: yes for hrc-60, which is not frozen with it" in ran.out
    assert "published, and no edition frozen on that day tells it" in ran.out
    assert reprisal(desk.root, "diff", f"{last.strip()}^", last.strip(), "--require").code == 0, "by the command"


@pytest.mark.slow
def test_the_step_to_published_is_not_taken_for_one_case(desk: Desk) -> None:
    placed(desk)
    git(desk.root, "commit", "-qam", "a place by hand")
    out = desk.does("case", "set-status", CASE, "published", "--by", "desk-1", day="2026-09-20", code=1)
    assert "RC719" in out
    assert "`reprisal publish EDITION` takes this step" in out


def forged(desk: Desk, *steps: str, day: str = "2026-09-20", of: str = "", part: str = "") -> None:
    """Steps as somebody would type them in, and a place in an edition if one is named."""
    file = desk.root / FILE
    text = file.read_text().replace("status: approved\n", f"status: {steps[-1]}\n", 1)
    lines = [f"  - {{date: {day}, status: {one}, by: desk-1, reason: resolved}}\n" for one in steps]
    place = f"{{edition: {of}, symbol: A/HRC/60/999, part: {part}, paras: [1], state: XXA, built: yes}}"
    more = f"reports:\n  - {place}\n" if of else ""
    file.write_text(f"{text.rstrip()}\n{''.join(lines)}{more}")


def placed(desk: Desk) -> None:
    """The entry of an edition that was not published."""
    file = desk.root / FILE
    line = next(line for line in file.read_text().splitlines() if "built: yes" in line)
    other = line.replace("hrc-60", "hrc-63").replace("A/HRC/60", "A/HRC/63").replace("annex I,", "annex II,")
    file.write_text(file.read_text().replace(line, f"{line}\n{other}"))


@pytest.mark.slow
def test_an_edit_of_what_was_published_is_found(desk: Desk) -> None:
    file = desk.root / FILE
    before = file.read_text()
    file.write_text(before.replace("addressed the alleged arrest", "addressed an alleged arrest"))
    assert "RC653" in reprisal(desk.root, "validate", "--as-of", "2026-05-06").out
    file.write_text(before.replace("paras: [1]", "paras: [2]"))
    assert "RC654" in reprisal(desk.root, "validate", "--as-of", "2026-05-06").out
    line = next(line for line in before.splitlines() if "built: yes" in line)
    file.write_text(before.replace(f"reports:\n{line}\n", ""))
    assert "RC655" in reprisal(desk.root, "validate", "--as-of", "2026-05-06").out
    out = desk.does("publish", "hrc-60", "--by", "other", day="2026-05-06", commit=False)
    assert "finished what was broken off" in out
    assert parse(file.read_bytes(), "").data == parse(before.encode(), "").data


@pytest.mark.slow
def test_what_may_not_be_published_is_said_case_by_case(desk: Desk) -> None:
    named(desk)
    out = desk.does("publish", "hrc-63", "--by", "editor-1", day="2026-09-20", code=2)
    assert "build it first" in out
    file = desk.root / FILE
    file.write_text(file.read_text().replace("was reportedly released", "was reportedly set free"))
    git(desk.root, "commit", "-qam", "edit")
    out = desk.does("publish", "hrc-63", "--by", "editor-1", day="2026-09-20", code=1)
    assert f"{CASE}  approved" in out
    assert "RC717 the text for hrc-63 is not what was signed" in out


@pytest.mark.slow
def test_a_build_that_is_not_final_or_not_fresh_is_not_published(desk: Desk) -> None:
    named(desk)
    desk.does("build", "report", "-e", "hrc-63", "--to", "html", commit=False)
    assert "no final build" in desk.does("publish", "hrc-63", "--by", "e", day="2026-09-20", code=2)
    desk.builds("hrc-63")
    page = desk.root / "build/hrc-63/report.html"
    page.write_text(page.read_text() + " ")
    assert "is not the file that was built" in desk.does("publish", "hrc-63", "--by", "e", day="2026-09-20", code=2)
    desk.builds("hrc-63")
    file = desk.root / FILE
    file.write_text(file.read_text() + "# a note\n")
    git(desk.root, "commit", "-qam", "note")
    assert f"{FILE} changed" in desk.does("publish", "hrc-63", "--by", "e", day="2026-09-20", code=2)


@pytest.mark.slow
def test_the_next_edition_is_told_what_to_take_up(desk: Desk) -> None:
    out = json.loads(reprisal(desk.root, "edition", "carry-over", "hrc-63", "--output-format", "json",
                              "--as-of", "2026-05-06").out)  # fmt: skip
    assert [(one["case"], one["last"], one["why"], one["here"]) for one in out["cases"]] == [
        (CASE, "hrc-60", ["open again", "new development: release"], True)
    ]


@pytest.mark.slow
def test_a_case_that_lost_its_places_gets_them_again(desk: Desk) -> None:
    """Half a publication, as an unlucky merge or an older copy of a case leaves it: the record of the edition says what
    is missing, and a second run writes just that. (A killed run leaves no half: `cli/test_write_each.py`.)"""
    named(desk)
    desk.builds("hrc-63")
    desk.does("publish", "hrc-63", "--by", "editor-1", day="2026-09-20")
    git(desk.root, "checkout", "-q", "HEAD~1", "--", FILE)
    git(desk.root, "commit", "-q", "-m", "an older copy of the case")
    assert "RC655" in reprisal(desk.root, "validate", "--as-of", "2026-09-20").out
    out = desk.does("publish", "hrc-63", "--by", "somebody", day="2026-09-25")
    assert "finished what was broken off" in out
    assert desk.data()["history"][-1] == {"date": "2026-09-20", "status": "published", "by": "editor-1"}
    assert len(desk.data()["reports"]) == 2
    assert reprisal(desk.root, "validate", "--as-of", "2026-09-25", "--strict").code == 0


# --- two people -----------------------------------------------------------------------------------------------------


def both_publish(desk: Desk, folder: Path, *others: str, driver: bool = False) -> tuple[Desk, int]:
    """Two clones publish the second edition, the other one by and on what is given; it is merged into the first."""
    named(desk)
    if driver:
        (desk.root / ".gitattributes").write_text("cases/**/*.yaml diff=reprisal merge=reprisal\n")
        git(desk.root, "add", ".gitattributes")
        git(desk.root, "commit", "-q", "-m", "attributes")
    sides = []
    for name, (by, day) in (("one", ("editor-1", "2026-09-20")), ("two", others)):
        shutil.copytree(desk.root, folder / name, symlinks=True)
        side = Desk(folder / name)
        if driver:
            side.does("git", "setup", commit=False)
        side.builds("hrc-63")
        side.does("publish", "hrc-63", "--by", by, day=day)
        git(side.root, "commit", "-q", "--amend", "-m", f"published by {name}")
        sides.append(side)
    git(sides[0].root, "fetch", "-q", f"{sides[1].root}", "main")
    return sides[0], merged(sides[0].root, "FETCH_HEAD").returncode


@pytest.fixture
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """git finds this program."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
@pytest.mark.parametrize("driver", [False, True])
def test_two_branches_that_publish_one_edition_alike_merge(desk: Desk, tmp_path: Path, driver: bool) -> None:
    one, code = both_publish(desk, tmp_path, "editor-1", "2026-09-20", driver=driver)
    assert code == 0
    assert [step["status"] for step in one.data()["history"]].count("published") == 2, "one for each edition"
    assert [place["edition"] for place in one.data()["reports"]] == ["hrc-60", "hrc-63"]
    assert reprisal(one.root, "validate", "--as-of", "2026-09-20", "--strict").code == 0


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
@pytest.mark.parametrize("driver", [False, True])
def test_two_that_publish_it_on_other_days_conflict_and_nothing_is_lost(
    desk: Desk, tmp_path: Path, driver: bool
) -> None:
    """git marks the record of the edition in either case. Who keeps one record and both steps is told of the other."""
    one, code = both_publish(desk, tmp_path, "editor-2", "2026-09-21", driver=driver)
    assert code == 1
    record = one.root / "templates/editions/hrc-63/published.json"
    for file in (record, one.root / FILE):
        text = file.read_text()
        assert all(said in text for said in ("2026-09-20", "2026-09-21", "editor-1", "editor-2")), file
    assert "<<<<<<<" in record.read_text()
    git(one.root, "checkout", "--ours", "templates/editions/hrc-63/published.json")
    if driver:  # both steps are in the file now
        assert reprisal(one.root, "validate", "--as-of", "2026-09-22").code == 1
        lines = (one.root / FILE).read_text().splitlines(keepends=True)
        (one.root / FILE).write_text("".join(line for line in lines if "2026-09-21" not in line))
    else:
        git(one.root, "checkout", "--ours", "cases")
    assert reprisal(one.root, "validate", "--as-of", "2026-09-22", "--strict").code == 0
