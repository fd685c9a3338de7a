"""A redline: accepting all gives the new report, rejecting all the old one."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from benchmarks.generate import make_workspace
from reprisal_cli.review.redline import redline
from reprisal_cli.review.redline_parts import Credit, Credits
from tests.cli.run import committed, git, reprisal
from tests.support.builders import ROOT
from tests.support.built import build, unchecked
from tests.support.tracked import W, content, part

EDITIONS = ("hrc-27", "hrc-36", "hrc-45", "hrc-51")
CREDIT = Credit("desk", "2026-01-01T00:00:00Z", "XXA-2025-001: commit 0123456789ab")
ALL = Credits({}, {}, CREDIT)


def copied(folder: Path) -> Path:
    """This repository's workspace, to be edited."""
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "reprisal.yaml", folder)
    return folder


def disturb(path: Path, chance: random.Random) -> None:
    """Edits the words of a case or a manuscript at random: words, notes, emphasis, paragraphs."""
    lines = path.read_text(encoding="utf-8").split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith("text:")), 0 if path.suffix == ".md" else None)
    if start is None:
        return
    end = next((at for at in range(start + 1, len(lines)) if re.match(r"[a-z_]+:", lines[at])), len(lines))
    plain = [
        at
        for at in range(start, end)
        if len(lines[at].split()) > 6 and not set("{}^[]#|") & set(lines[at]) and not re.match(r"\s*[-\w]+:", lines[at])
    ]
    for at in sorted(chance.sample(plain, min(len(plain), 3)), reverse=True):
        words = lines[at].split(" ")
        place = chance.randrange(len(words) // 2, len(words))
        pick = chance.randrange(5)
        if pick == 0:
            words[place] = chance.choice(("reportedly", "5 < 6 & 7", "\u00e9t\u00e9", "a  b"))
        elif pick == 1:
            words.insert(place, "as *was said* then")
        elif pick == 2:
            words[place] += "^[A new note, with *stress*.]"
        elif pick == 3 and len(words) > place + 1:
            del words[place]
        else:
            indent = re.match(r" *", lines[at])
            words[place] += f"\n\n{indent.group() if indent else ''}A paragraph that begins here."
        lines[at] = " ".join(words)
    path.write_text("\n".join(lines), encoding="utf-8")


def same_after(old: bytes, new: bytes) -> bytes:
    """The redline of two documents, which gives each of them back."""
    out = redline(old, new, ALL)
    assert content(out, accept=True) == content(new)
    assert content(out, accept=False) == content(old)
    names = [mark.get(f"{W}name") for mark in part(out, "word/document.xml").iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    notes = [int(one.get(f"{W}id")) for one in part(out, "word/document.xml").iter(f"{W}footnoteReference")]
    assert notes == sorted(notes)  # LibreOffice gives the first reference the note with the lowest number
    return out


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", [1, 2])
def test_real_editions_with_random_edits_come_back_from_both_sides(tmp_path: Path, edition: str, seed: int) -> None:
    folder = copied(tmp_path / "workspace")
    chance = random.Random(f"{edition}{seed}")
    old = build(folder, edition, "docx", tmp_path / "old")["report.docx"]
    for path in sorted([*folder.glob("cases/**/*.yaml"), *folder.glob("templates/**/*.md")]):
        if chance.random() < 0.4:
            disturb(path, chance)
    gone = chance.sample(sorted(folder.glob("cases/**/*.yaml")), 4)
    for path in gone:
        path.unlink()
    with unchecked():
        new = build_loose(folder, edition, tmp_path / "new")
    same_after(old, new)
    same_after(new, old)


def build_loose(folder: Path, edition: str, out: Path) -> bytes:
    """A report in which manuscripts may cite cases that are gone."""
    from reprisal_cli.compile.report import compile_report
    from reprisal_cli.pipeline.prepare import disclosed, manuscripts_of, ready, sentences_of
    from reprisal_cli.render.docx import docx
    from reprisal_cli.render.house import load_house

    loaded, known = ready(folder, edition, None)
    public, _, _ = disclosed(loaded, known, None)
    manuscripts, _ = manuscripts_of(loaded.workspace, known, public)
    report, _ = compile_report(public, manuscripts, sentences_of(loaded.workspace, known))
    from reprisal_cli.pipeline.gate import stamped

    report, _ = stamped(report, sentences_of(loaded.workspace, known))
    return docx(report, load_house(folder / "templates" / "house"), 0)


@pytest.mark.slow
def test_three_hundred_generated_cases_with_random_edits_come_back_from_both_sides(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace", 300)
    chance = random.Random(300)
    with unchecked():
        old = build_loose(folder, "hrc-60", tmp_path)
        paths = sorted(folder.glob("cases/**/*.yaml"))
        for path in paths:
            disturb(path, chance)
        for path in chance.sample(paths, 12):
            path.unlink()
        new = build_loose(folder, "hrc-60", tmp_path)
    same_after(old, new)


def test_a_report_against_itself_has_no_change(tmp_path: Path) -> None:
    document = build(ROOT, "hrc-27", "docx", tmp_path)["report.docx"]
    out = same_after(document, document)
    body = part(out, "word/document.xml")
    assert not [one for one in body.iter() if one.tag in (f"{W}ins", f"{W}del", f"{W}pPrChange")]


# --- the command ----------------------------------------------------------------------------------------------------

CASE = "cases/XXA/XXA-2025-001.yaml"


def repository(folder: Path) -> Path:
    """A repository with the smallest workspace that can be built."""
    from reprisal_cli.store.starter import make_workspace as starter

    starter(folder, date(2025, 9, 1))
    return committed(folder)


def edited(folder: Path, old: str, new: str, author: str = "Editor One <one@example.org>") -> None:
    path = folder / CASE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    git(folder, "commit", "-q", "-a", "-m", "change", "--author", author)


def comments(document: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in part(document, "word/comments.xml").iter(f"{W}comment")]


def authors(document: bytes) -> set[tuple[str, str]]:
    changes = part(document, "word/document.xml").iter(f"{W}ins", f"{W}del")
    return {(one.get(f"{W}author"), one.get(f"{W}date")[:4]) for one in changes}


def test_the_command_names_the_author_the_case_and_the_commit(tmp_path: Path) -> None:
    folder = repository(tmp_path / "workspace")
    edited(folder, "several hours", "a few hours")
    commit = git(folder, "rev-parse", "HEAD").strip()
    ran = reprisal(folder, "build", "redline", "HEAD~1", "HEAD", "--out", str(tmp_path / "out"))
    assert ran.code == 0, ran.err
    document = (tmp_path / "out" / "redline.docx").read_bytes()
    assert {name for name, _ in authors(document)} == {"Editor One"}
    assert any("XXA-2025-001" in one and commit[:12] in one for one in comments(document))
    new = build(folder, None, "docx", tmp_path / "new")["report.docx"]
    assert content(document) == content(new)
    page = (tmp_path / "out" / "redline.html").read_text(encoding="utf-8")
    assert "<del>several</del>" in page
    assert "<ins>a few</ins>" in page


def test_the_page_can_show_what_changed_alone_under_its_headings(tmp_path: Path) -> None:
    """A paragraph more moves the numbers that others point to: they are no change of those."""
    folder = repository(tmp_path / "workspace")
    edited(folder, "    annex: |\n      On 1 March", "    annex: |\n      A word before.\n\n      On 1 March")
    assert reprisal(folder, "build", "redline", "HEAD~1", "HEAD", "--out", str(tmp_path), "--to", "html").code == 0
    rows = re.findall(r'<tr class="(\w+) (\w+)">(.*?)</tr>', (tmp_path / "redline.html").read_text(), re.DOTALL)
    shown = [re.sub(r"<[^>]+>|\s+", " ", text).strip() for _, state, text in rows if state in ("changed", "context")]
    assert any("A word before." in text for text in shown)
    assert shown[[("A word before." in text) for text in shown].index(True) - 1].endswith("Exampleland")
    moved = [text for _, state, text in rows if state == "moved"]
    assert any("see annex I, paras." in text for text in moved)
    assert not any("see annex I, paras." in text for text in shown)


def test_all_changes_can_stand_under_one_name(tmp_path: Path) -> None:
    folder = repository(tmp_path / "workspace")
    edited(folder, "several hours", "a few hours")
    ran = reprisal(
        folder, "build", "redline", "HEAD~1", "--author", "The Office", "--to", "docx", "-o", str(tmp_path / "o")
    )
    assert ran.code == 0, ran.err
    assert {name for name, _ in authors((tmp_path / "o" / "redline.docx").read_bytes())} == {"The Office"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("level: public-no-name ", "level: withdrawn "),
        ("decision: publish-withheld ", "decision: do-not-publish "),
        ("status: drafted ", "status: withheld "),
    ],
)
def test_what_may_no_longer_be_told_is_not_printed_as_a_deletion(tmp_path: Path, old: str, new: str) -> None:
    folder = repository(tmp_path / "workspace")
    whole = build(folder, None, "docx", tmp_path / "old")["report.docx"]
    assert any("woman human rights defender" in line for line in content(whole))
    edited(folder, old, new)
    path = folder / CASE
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\ntext:")] + text[text.index("\nhistory:") :], encoding="utf-8")
    git(folder, "commit", "-q", "-a", "-m", "the text goes too")
    with unchecked():
        ran = reprisal(folder, "build", "redline", "HEAD~2", "HEAD", "--out", str(tmp_path / "out"))
    assert ran.code == 0, ran.err
    assert "left out of the old side: XXA-2025-001" in ran.out
    for name in ("redline.docx", "redline.html", "redline.map.json", "redline.figures.json"):
        data = (tmp_path / "out" / name).read_bytes()
        said = "\n".join(content(data, accept=False)) if name.endswith("docx") else data.decode()
        assert "summoned" not in said
        assert "defender" not in said


def test_a_manuscript_that_speaks_of_such_a_case_is_not_quoted_either(tmp_path: Path) -> None:
    from reprisal_cli.pipeline.redline import _without_mention

    text = "# One\n\nA lawyer, see\n{case XXA-2025-001}.\n\nOthers, see {case XXA-2025-002}.\n"
    kept = _without_mention(text, ["XXA-2025-001"])
    assert "lawyer" not in kept
    assert "Others" in kept
    assert kept.count("\n") == text.count("\n")


def test_only_word_and_a_page_are_made(tmp_path: Path) -> None:
    folder = repository(tmp_path / "workspace")
    assert reprisal(folder, "build", "redline", "HEAD", "--to", "pdf").code == 2
    assert reprisal(folder, "build", "redline", "no-such-revision").code == 2


@pytest.mark.needs("soffice")
@pytest.mark.slow
def test_libreoffice_opens_a_redline(tmp_path: Path) -> None:
    folder = repository(tmp_path / "workspace")
    edited(folder, "several hours", "a few hours^[As reported.]")
    assert reprisal(folder, "build", "redline", "HEAD~1", "-o", str(tmp_path), "--to", "docx").code == 0
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "redline.docx",
        ],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (tmp_path / "redline.pdf").read_bytes().startswith(b"%PDF"), done.stderr
