"""Edits that come back from Word: into the right field, or listed; none is lost."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from rapidfuzz.fuzz import ratio

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.import_word import Proposal, import_word
from reprisal_cli.review.word_open import open_word
from reprisal_cli.review.word_read import Bit, Line, lines
from tests.cli.run import committed, git, reprisal
from tests.support.builders import ROOT
from tests.support.built import build
from tests.support.tracked import W

EDITION = "hrc-45"


def workspace(folder: Path) -> Path:
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "reprisal.yaml", folder)
    return folder


@cache
def document() -> bytes:
    """The report of this repository in Word."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return build(ROOT, EDITION, "docx", Path(folder))["report.docx"]


def came_back(folder: Path, content: bytes, **options: Any) -> Proposal:
    path = folder.parent / "edited.docx"
    path.write_bytes(content)
    return import_word(folder, path, EDITION, **options)


class Word:
    """A document that is being edited, as an editor would."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])
        self.notes = etree.fromstring(self.parts["word/footnotes.xml"])
        self.count = 0

    def saved(self) -> bytes:
        """The document, its notes in the order of their references and numbered so, as Word writes them: LibreOffice
        gives the first reference the note with the lowest number."""
        known = {one.get(f"{W}id"): one for one in self.notes}
        kept = [one for one in self.notes if one.get(f"{W}type")]
        for number, reference in enumerate(self.body.iter(f"{W}footnoteReference"), 1):
            note = known[reference.get(f"{W}id")]
            for one in (note, reference):
                one.set(f"{W}id", f"{number}")
            kept.append(note)
        self.notes[:] = kept
        out = io.BytesIO()
        parts = {
            **self.parts,
            "word/document.xml": etree.tostring(self.body),
            "word/footnotes.xml": etree.tostring(self.notes),
        }
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    def paragraph(self, name: str) -> Any:
        (mark,) = self.body.xpath(f"//*[local-name()='bookmarkStart'][@*[local-name()='name']='{name}']")
        return mark.getparent()

    def change(self, kind: str, author: str) -> Any:
        self.count += 1
        element = etree.Element(f"{W}{kind}")
        for key, value in (
            ("id", f"{self.count}"),
            ("author", author),
            ("date", f"2026-01-0{1 + len(author) % 8}T00:00:00Z"),
        ):
            element.set(f"{W}{key}", value)
        return element

    def runs(self, paragraph: Any) -> list[Any]:
        """Runs of plain words: not in a link, a field or a tracked change."""
        out, depth = [], 0
        for run in paragraph.findall(f"{W}r"):
            sign = run.find(f"{W}fldChar")
            if sign is not None:
                depth += {"begin": 1, "end": -1}.get(sign.get(f"{W}fldCharType"), 0)
            elif not depth and run.find(f"{W}t") is not None and len((run.findtext(f"{W}t") or "").split()) > 4:
                out.append(run)
        return out

    def replace(self, run: Any, old: str, new: str, author: str = "") -> None:
        """Other words for some of a run; tracked if there is an author."""
        text = run.find(f"{W}t")
        before, _, after = text.text.partition(old)
        if not author:
            text.text = before + new + after
            return
        pieces = []
        for words, kind in ((before, ""), (old, "del"), (new, "ins"), (after, "")):
            if not words:
                continue
            piece = deepcopy(run)
            own = piece.find(f"{W}t")
            own.text = words
            own.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if kind == "del":
                own.tag = f"{W}delText"
            if kind:
                wrap = self.change(kind, author)
                wrap.append(piece)
                piece = wrap
            pieces.append(piece)
        at = run.getparent().index(run)
        run.getparent()[at : at + 1] = pieces

    def new_paragraph(self, after: Any, words: str, author: str = "") -> Any:
        """A paragraph below another, in its style."""
        made = etree.Element(f"{W}p")
        properties = after.find(f"{W}pPr")
        if properties is not None:
            made.append(deepcopy(properties))
        run = etree.Element(f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = words
        if author:
            mark = made.find(f"{W}pPr")
            mark = mark if mark is not None else etree.SubElement(made, f"{W}pPr")
            look = mark.find(f"{W}rPr")
            look = look if look is not None else etree.SubElement(mark, f"{W}rPr")
            look.insert(0, self.change("ins", author))
            wrap = self.change("ins", author)
            wrap.append(run)
            run = wrap
        made.append(run)
        after.addnext(made)
        return made

    def delete(self, paragraph: Any, author: str = "") -> None:
        if not author:
            paragraph.getparent().remove(paragraph)
            return
        mark = paragraph.find(f"{W}pPr")
        look = mark.find(f"{W}rPr")
        look = look if look is not None else etree.SubElement(mark, f"{W}rPr")
        look.insert(0, self.change("del", author))
        for run in paragraph.findall(f"{W}r"):
            for part in run.iter(f"{W}t"):
                part.tag = f"{W}delText"
            wrap = self.change("del", author)
            run.addprevious(wrap)
            wrap.append(run)

    def new_note(self, run: Any, words: str) -> None:
        """A footnote after a run."""
        name = f"{1 + max(int(note.get(f'{W}id')) for note in self.notes)}"
        note = etree.SubElement(self.notes, f"{W}footnote")
        note.set(f"{W}id", name)
        paragraph = etree.SubElement(note, f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}footnoteRef")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = f" {words}"
        made = etree.Element(f"{W}r")
        etree.SubElement(made, f"{W}footnoteReference").set(f"{W}id", name)
        run.addnext(made)


def read(content: bytes) -> list[Line]:
    return [line for line in lines(open_word(content)) if line.kind == "body"]


def said(line: Line) -> str:
    """The words of a line without the numbers that follow by themselves; the stars of a note as one: programs write
    them in their own ways."""

    def shown(bits: tuple[Bit, ...]) -> str:
        return "".join(
            f"[{shown(bit.note)}]" if bit.note is not None else "#" if bit.field else bit.text for bit in bits
        )

    text = re.sub(r"\[\*[* ]*", "[*", " ".join(shown(line.bits).split()))
    return re.sub(r"(annex I*, )?paras?\. #(([-, ]+| and )#)*(; )?", "", text)


def drafted(content: bytes) -> list[str]:
    """The ids of paragraphs that drafters wrote, in the body and the annexes."""
    names = [name for line in read(content) for name in line.names]
    return [
        name
        for name in names
        if name.startswith(("m_intro", "m_activ", "m_access", "m_info", "m_concl", "m_policy"))
        or ("_annex_" in name and name.startswith("c_"))
        or "_main_" in name
    ]


# --- no edit --------------------------------------------------------------------------------------------------------


def test_a_document_that_nobody_edited_changes_nothing(tmp_path: Path) -> None:
    done = came_back(workspace(tmp_path / "w"), document())
    assert (dict(done.files), done.items) == ({}, ())


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_nor_does_one_that_libreoffice_has_saved(tmp_path: Path) -> None:
    done = came_back(workspace(tmp_path / "w"), resaved(tmp_path, document()))
    assert (dict(done.files), done.items) == ({}, ())


def resaved(folder: Path, content: bytes) -> bytes:
    """The document as LibreOffice writes it."""
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "report.docx").write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "lo"),
            str(folder / "in" / "report.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "lo" / "report.docx").read_bytes()


# --- many edits -----------------------------------------------------------------------------------------------------

EDITS = ("word", "insert", "drop", "note", "in-note", "below", "delete")


def edited(chance: random.Random, count: int) -> tuple[bytes, list[tuple[str, str]]]:
    """The report with so many edits, each in a paragraph of its own, and what was done where."""
    word = Word(document())
    names = drafted(document())
    chance.shuffle(names)
    made: list[tuple[str, str]] = []
    for number, name in enumerate(names[:count]):
        paragraph = word.paragraph(name)
        runs = word.runs(paragraph)
        if not runs:
            continue
        run, kind = chance.choice(runs), EDITS[number % len(EDITS)]
        author = chance.choice(("", "", "Editor One", "Editor Two"))
        words = run.find(f"{W}t").text.split(" ")
        pick = next((one for one in words if len(one) > 4 and words.count(one) == 1 and one.isalpha()), None)
        if pick is None:
            continue
        mark = f"edit{number}"
        if kind == "word":
            word.replace(run, pick, f"{mark} * & <x> {{p1}}" if number % 3 == 0 else mark, author)
        elif kind == "insert":
            word.replace(run, pick, f"{pick} {mark} and more", author)
        elif kind == "drop":
            word.replace(run, f"{pick}", "", author)
        elif kind == "note":
            word.new_note(run, f"{mark} in a note")
        elif kind == "in-note":
            if not add_to_note(word, paragraph, mark):
                continue
        elif kind == "below":
            word.new_paragraph(paragraph, f"{mark} is a paragraph of its own.", author)
        else:
            word.delete(paragraph, author)
        made.append((kind, mark if kind not in ("drop", "delete") else name))
    return word.saved(), made


def add_to_note(word: Word, paragraph: Any, mark: str) -> bool:
    for reference in paragraph.iter(f"{W}footnoteReference"):
        (note,) = [one for one in word.notes if one.get(f"{W}id") == reference.get(f"{W}id")]
        texts = list(note.iter(f"{W}t"))
        if texts and texts[-1].getparent().getparent().tag == f"{W}p":
            texts[-1].text += f" {mark}"
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_fifty_edits_at_once_are_in_the_next_build_or_in_the_list(tmp_path: Path, seed: int) -> None:
    content, made = edited(random.Random(seed), 70)
    assert len(made) >= 40
    none_is_lost(tmp_path, content, made)


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_so_are_those_that_libreoffice_has_saved(tmp_path: Path) -> None:
    content, made = edited(random.Random(5), 70)
    none_is_lost(tmp_path, resaved(tmp_path, content), made)


def none_is_lost(tmp_path: Path, content: bytes, made: list[tuple[str, str]]) -> None:
    """Each edit of a document is in the report that is built after its import, or was told."""
    folder = workspace(tmp_path / "w")
    done = came_back(folder, content)
    rebuilt = [said(line) for line in read(build(folder, EDITION, "docx", tmp_path / "out")["report.docx"])]
    wanted = [said(line) for line in read(content)]
    lost = [line for line in wanted if line and line not in rebuilt]
    stayed = [line for line in rebuilt if line and line not in wanted]
    lost = [line for line in lost if not taken_out(line, rebuilt, done)]
    assert [line for line in lost if not told(line, done)] == []
    near = {line: max((*wanted, ""), key=lambda other: ratio(line, other)) for line in stayed}
    unsaid = [line for line, other in near.items() if not told(line, done) and not told(other, done)]
    assert [line for line in unsaid if not taken_out(near[line], [line], done)] == []
    asked = " ".join(item.words for item in done.items if item.kind != "placed")
    assert [mark for kind, mark in made if mark.startswith("edit") and mark not in " ".join(rebuilt) + asked] == []
    placed = sum(item.kind == "placed" for item in done.items)
    assert placed >= 0.7 * len(made)  # neighbours are one


def taken_out(line: str, rebuilt: list[str], done: Proposal) -> bool:
    """Whether a line is one of the report without words of which it is told that they were deleted."""
    gone = [item.words.removeprefix("(deleted) ") for item in done.items if item.words.startswith("(deleted) ")]
    bare = "".join(line.split())
    return any("".join(other.replace(words, "", 1).split()) == bare for words in gone for other in rebuilt)


def told(line: str, done: Proposal) -> bool:
    """Whether what differs in a line was told."""
    words = [one for item in done.items if item.kind != "placed" for one in item.words.split(" / ")]
    marks = re.findall(r"edit\d+", line)
    if marks:
        return all(any(mark in one for one in words) for mark in marks)
    return any(part and (line[:40] in part or part[:40] in line) for part in words)


# --- what is refused, and what is listed ----------------------------------------------------------------------------


def test_words_out_of_the_data_are_refused_with_the_field_to_edit(tmp_path: Path) -> None:
    word = Word(document())
    paragraph = word.paragraph("c_AND_2020_001_annex_1")
    run = next(run for run in paragraph.findall(f"{W}r") if "a woman who speaks" in (run.findtext(f"{W}t") or ""))
    word.replace(run, "a woman who speaks", "a lady who talks")
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert {item.kind for item in done.items} == {"refused"}
    assert not done.files
    assert all("`persons` in cases/AND/AND-2020-001.yaml" in item.hint for item in done.items)


def test_an_entry_of_a_register_is_refused_with_the_file_to_edit(tmp_path: Path) -> None:
    home = workspace(tmp_path / "w")
    word = Word(document())
    (run,) = (
        run
        for paragraph in word.body.iter(f"{W}p")
        for run in paragraph.findall(f"{W}r")
        if "a section on reprisals in the joint" in (run.findtext(f"{W}t") or "")
    )
    word.replace(run, "a section", "a chapter")
    done = came_back(home, word.saved())
    assert not done.files
    (item,) = done.items
    assert item.kind == "refused"
    assert "templates/registers/practices.yaml" in item.hint


def test_a_generated_sentence_is_refused(tmp_path: Path) -> None:
    word = Word(document())
    paragraph = word.paragraph("s_EGY_opening")
    word.replace(word.runs(paragraph)[0], "addressed", "raised")
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert [item.kind for item in done.items] == ["refused"]
    assert not done.files


def test_a_paragraph_that_was_moved_is_listed(tmp_path: Path) -> None:
    word = Word(document())
    one, other = word.paragraph("m_introduction_2"), word.paragraph("m_access_3")
    other.addnext(one)
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert [item.kind for item in done.items] == ["listed"]
    assert "moved" in done.items[0].hint
    assert not done.files


def test_a_paragraph_that_is_gone_and_an_edit_of_the_next_one_are_two_edits(tmp_path: Path) -> None:
    """The deleted one holds a count: as one edit with the next it would be refused."""
    folder = workspace(tmp_path / "w")
    word = Word(document())
    named = {name: line.text for line in read(document()) for name in line.names}
    names = list(named)
    gone = next(name for name in names if named[name].startswith("Records that are kept"))
    after = names[names.index(gone) + 1]
    assert named[after].startswith("National human rights institutions")
    word.replace(word.runs(word.paragraph(after))[0], "National", "Such")
    word.delete(word.paragraph(gone))
    done = came_back(folder, word.saved())
    assert {item.kind for item in done.items} == {"placed"}
    text = (folder / "templates/editions/hrc-45/policy.md").read_text(encoding="utf-8")
    assert "Records that are kept" not in text
    assert "Such human rights institutions" in text


@pytest.mark.parametrize("author", ["", "Editor One"])
def test_paragraphs_that_are_split_or_joined_are_so_in_the_file(tmp_path: Path, author: str) -> None:
    folder = workspace(tmp_path / "w")
    word = Word(document())
    one, other = (word.paragraph(f"c_MAR_2020_001_annex_{number}") for number in (1, 2))
    if author:
        properties = one.find(f"{W}pPr")
        etree.SubElement(etree.SubElement(properties, f"{W}rPr"), f"{W}del").attrib.update(
            word.change("del", author).attrib
        )
    else:
        for child in [child for child in other if child.tag != f"{W}pPr"]:
            one.append(child)
        word.delete(other)
    paragraph = word.paragraph("c_EGY_2020_001_annex_1")
    run = next(run for run in paragraph.findall(f"{W}r") if ", and others" in (run.findtext(f"{W}t") or ""))
    text, _, rest = run.find(f"{W}t").text.partition(", and others")
    run.find(f"{W}t").text = f"{text}."
    word.new_paragraph(paragraph, f"Others{rest}", author)
    done = came_back(folder, word.saved())
    assert {item.kind for item in done.items} == {"placed"}
    joined = " ".join((folder / "cases/MAR/MAR-2020-001.yaml").read_text(encoding="utf-8").split())
    assert "articles attacking her work appeared online. In January 2020" in joined.replace("online.In", "online. In")
    split = (folder / "cases/EGY/EGY-2020-001.yaml").read_text(encoding="utf-8")
    assert re.search(r"Geneva\.\n\n +Others stayed away", split)


def test_italics_on_words_out_of_the_data_are_refused(tmp_path: Path) -> None:
    """Beside an edit that is placed, too."""
    folder = workspace(tmp_path / "w")
    word = Word(document())
    paragraph = word.paragraph("c_AND_2020_001_annex_1")
    run = next(run for run in paragraph.findall(f"{W}r") if "a woman who speaks" in (run.findtext(f"{W}t") or ""))
    word.replace(run, "called in", "summoned")
    before, after = deepcopy(run), deepcopy(run)
    before.find(f"{W}t").text, _, after.find(f"{W}t").text = run.find(f"{W}t").text.partition("a woman")
    run.find(f"{W}t").text = "a woman"
    etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}i")
    run.insert(0, run[-1])
    run.addprevious(before)
    run.addnext(after)
    done = came_back(folder, word.saved())
    assert [item.words for item in done.items if item.kind == "refused"] == ["a woman (in italics)"]
    assert "was summoned by the police" in (folder / "cases/AND/AND-2020-001.yaml").read_text(encoding="utf-8")


def test_a_paragraph_that_is_split_within_words_out_of_the_data_is_shown_whole(tmp_path: Path) -> None:
    word = Word(document())
    paragraph = word.paragraph("c_AND_2020_001_annex_1")
    run = next(run for run in paragraph.findall(f"{W}r") if "a woman who speaks" in (run.findtext(f"{W}t") or ""))
    rest = deepcopy(paragraph)
    for mark in (*rest.iter(f"{W}bookmarkStart"), *rest.iter(f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    first, _, last = run.find(f"{W}t").text.partition(" who speaks")
    run.find(f"{W}t").text = first
    next(one for one in rest.iter(f"{W}t") if "a woman who speaks" in (one.text or "")).text = f"who speaks{last}"
    for one in list(run.itersiblings(f"{W}r")):
        paragraph.remove(one)
    paragraph.addnext(rest)
    done = came_back(workspace(tmp_path / "w"), word.saved())
    (item,) = done.items
    assert item.kind == "refused"
    assert "a woman / who speaks" in item.words
    assert "begins or ends within what {p1} prints" in item.hint


def test_what_is_no_text_is_listed(tmp_path: Path) -> None:
    """A picture, a sign out of a font, a formula: none of them can be drafted, none is lost in silence."""
    folder = workspace(tmp_path / "w")
    word = Word(document())
    for name, made in (
        ("m_introduction_2", f'<w:r xmlns:w="{W[1:-1]}"><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
        ("m_access_3", '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'),
        ("c_EGY_2020_001_annex_1", f'<w:r xmlns:w="{W[1:-1]}"><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r>'),
    ):
        word.paragraph(name).append(etree.fromstring(made))
    done = came_back(folder, word.saved())
    assert [item.kind for item in done.items] == ["listed"] * 3
    assert all("[picture or sign]" in item.words for item in done.items)
    assert not done.files


def test_a_symbol_in_the_running_head_is_refused(tmp_path: Path) -> None:
    word = Word(document())
    (name, head) = next(
        (name, data) for name, data in word.parts.items() if "header" in name and b"A/HRC/45/36" in data
    )
    word.parts[name] = head.replace(b"A/HRC/45/36", b"A/HRC/45/37")
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert {(item.kind, item.where) for item in done.items} == {("refused", "running head or foot")}


def test_a_comma_in_a_cell_is_refused(tmp_path: Path) -> None:
    word = Word(document())
    texts = [one for cell in word.body.iter(f"{W}tc") for one in cell.iter(f"{W}t")]
    text = next(one for one in texts if ", " in (one.text or ""))
    text.text = text.text.replace(", ", " ", 1)
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert [item.kind for item in done.items] == ["refused"]


def test_a_comment_is_listed_with_its_author(tmp_path: Path) -> None:
    word = Word(document())
    paragraph = word.paragraph("m_introduction_2")
    etree.SubElement(paragraph, f"{W}commentRangeStart").set(f"{W}id", "7")
    word.parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="7" w:author="Editor One"><w:p><w:r>'
        "<w:t>Is this so?</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert [(item.kind, item.words, item.authors) for item in done.items] == [
        ("listed", "Is this so?", ("Editor One",))
    ]


def test_what_word_cannot_say_in_a_manuscript_stays_out_of_its_language(tmp_path: Path) -> None:
    """An editor cannot write an expression that the next build would work out."""
    word = Word(document())
    run = word.runs(word.paragraph("m_introduction_2"))[0]
    word.replace(run, "yearly account", "yearly {{ cases | count }} account")
    done = came_back(workspace(tmp_path / "w"), word.saved())
    assert [item.kind for item in done.items] == ["listed"]
    assert not done.files


def test_comments_and_lines_of_a_case_file_stay(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    word = Word(document())
    run = word.runs(word.paragraph("c_EGY_2020_001_annex_1"))[0]
    word.replace(run, "long-running", "very long")
    before = (folder / "cases/EGY/EGY-2020-001.yaml").read_text(encoding="utf-8")
    done = came_back(folder, word.saved())
    assert [item.kind for item in done.items] == ["placed"]
    after = (folder / "cases/EGY/EGY-2020-001.yaml").read_text(encoding="utf-8")
    assert after == before.replace("long-running", "very long")


@pytest.mark.parametrize("when", ["read", "written"])
def test_an_edit_of_the_file_that_comes_in_between_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Somebody saves the file after the cases were read, or after the edits were placed."""
    from reprisal_cli.pipeline import import_word as module

    folder = workspace(tmp_path / "w")
    path = folder / "cases/EGY/EGY-2020-001.yaml"
    word = Word(document())
    word.replace(word.runs(word.paragraph("c_EGY_2020_001_annex_1"))[0], "long-running", "very long")
    mine = path.read_bytes().replace(b"long-running", b"lengthy")

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            path.write_bytes(mine)
            return real(*arguments, **named)

        return call

    name = {"read": "_files", "written": "write_together"}[when]
    monkeypatch.setattr(module, name, before(getattr(module, name)))
    if when == "written":
        with pytest.raises(ReprisalError, match="changed meanwhile"):
            came_back(folder, word.saved())
    else:
        assert [item.kind for item in came_back(folder, word.saved()).items] == ["listed"]
    assert path.read_bytes() == mine


def test_each_editor_has_a_commit(tmp_path: Path) -> None:
    folder = committed(workspace(tmp_path / "w"))
    word = Word(document())
    word.replace(word.runs(word.paragraph("m_introduction_2"))[0], "yearly", "annual", "Editor One")
    word.new_paragraph(word.paragraph("m_introduction_4"), "A last word.", "Editor Two")
    git(folder, "config", "user.name", "Desk")
    git(folder, "config", "user.email", "desk@example.org")
    done = came_back(folder, word.saved(), commit=True)
    assert done.commits == 2
    log = git(folder, "log", "--format=%an", "--max-count=2").split("\n")[:2]
    assert set(log) == {"Editor One", "Editor Two"}
    assert git(folder, "status", "--porcelain") == ""


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    word = Word(document())
    word.replace(word.runs(word.paragraph("m_introduction_2"))[0], "yearly", "annual")
    path = tmp_path / "edited.docx"
    path.write_bytes(word.saved())
    before = {one: one.read_bytes() for one in folder.rglob("*.md")}
    ran = reprisal(folder, "import", "word", str(path), "--edition", EDITION, "--dry-run")
    assert ran.code == 0
    assert "1 placed" in ran.out
    assert {one: one.read_bytes() for one in folder.rglob("*.md")} == before


# --- hostile files --------------------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


ENTITY = (
    b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="%s"><w:body>&e;</w:body></w:document>'
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK no archive",
        zipped(**{"word__other.xml": b"<a/>"}),
        zipped(**{"word__document.xml": b"<w:document xmlns:w='" + W[1:-1].encode() + b"'/>"}),
        zipped(**{"word__document.xml": b"<a>" + b" " * 50_000_000 + b"</a>"}),
        zipped(**{"word__document.xml": ENTITY % W[1:-1].encode()}),
        zipped(**{"word__document.xml": b"<a>" * 5000 + b"</a>" * 5000}),
        zipped(**{"word__document.xml": b"<a/>", "word__vbaProject.bin": b"x"}),
    ],
    ids=["empty", "broken", "no-document", "no-body", "bomb", "entity", "deep", "macros"],
)
def test_a_hostile_or_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(ReprisalError):
        open_word(content)


@pytest.mark.parametrize("name", ["z01-bomb.docx", "z03-xxe.docx"])
def test_the_hostile_documents_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = workspace(tmp_path / "w")
    ran = reprisal(folder, "import", "word", str(Path(__file__).parent / "hostile" / name), "--edition", EDITION)
    assert (ran.code, ran.out) == (2, "")
    assert "root:" not in ran.err


def test_a_document_of_somebody_else_is_no_document_of_ours(tmp_path: Path) -> None:
    word = Word(document())
    for paragraph in list(word.body.iter(f"{W}p"))[5:]:
        paragraph.getparent().remove(paragraph) if len(paragraph.getparent()) > 1 else None
    for table in list(word.body.iter(f"{W}tbl")):
        table.getparent().remove(table)
    path = tmp_path / "other.docx"
    path.write_bytes(word.saved())
    ran = reprisal(workspace(tmp_path / "w"), "import", "word", str(path), "--edition", EDITION)
    assert (ran.code, ran.out) == (2, "")
