"""Small workspaces for tests: plain data laid over sound cases, in memory or on disk. All of it is invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reprisal_cli.analyse.annex import analysis
from reprisal_cli.analyse.charts import drawn
from reprisal_cli.compile.manuscript import Source
from reprisal_cli.compile.report import Analysis, Manuscripts, compile_report
from reprisal_cli.compile.sentences import Sentences, load_sentences
from reprisal_cli.compile.tree import Heading, Note, Para, Part, Report, Table, text_of, walk_inlines
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import AnnexBlock, Edition
from reprisal_cli.model.settings import Settings
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, PublicCorpus
from reprisal_cli.store.corpus import CaseFile, Corpus
from reprisal_cli.store.workspace import Workspace, load_record

ROOT = Path(__file__).parents[2]
WHOLE = ROOT / "tests" / "examples" / "whole"
SETTINGS = {"edition": "hrc-60", "states": {"XXA": "Exampleland", "XXB": "Otherland", "XXC": "Thirdland"}}
HRC_60 = {
    "id": "hrc-60",
    "symbol": "A/HRC/60/999",
    "session": "60",
    "title": "Invented report",
    "author": "Report of the Secretary-General",
    "date": "2025-08-20",
    "period": "2024-05-01/2025-04-30",
    "contents": [{"cases": "main"}, {"annex": "new"}, {"annex": "follow-up"}, {"annex": "mechanisms"}],
}
HRC_63 = {
    **HRC_60,
    "id": "hrc-63",
    "symbol": "A/HRC/63/999",
    "session": "63",
    "date": "2026-08-20",
    "period": "2025-05-01/2026-04-30",
    "previous": "hrc-60",
}


def person(ref: str = "p1", **fields: Any) -> dict[str, Any]:
    """A person who may be told of, without name."""
    base = {
        "ref": ref,
        "kind": "individual",
        "gender": "female",
        "described": f"a lawyer called {ref}",
        "name": "sealed",
        "consent": {"level": "public-no-name"},
    }
    return _over(base, fields)


def case(name: str = "XXA-2025-101", **fields: Any) -> dict[str, Any]:
    """An approved case that may be told; None takes a key out. It lacks the sign-offs of its gate: compile it, do not
    validate it."""
    base = {
        "id": name,
        "title": "Invented, a case",
        "record": "individual",
        "state": name[:3],
        "status": "approved",
        "received": "2025-02-03",
        "persons": [person()],
        "cooperation": [{"body": "hrc"}],
        "acts": [{"ref": "a1", "type": "threats", "date": "2025-01-10"}],
        "risk": {"date": "2025-02-25", "by": "desk-1", "decision": "publish"},
    }
    return _over(base, fields)


def published(
    name: str = "XXA-2025-101", annex: str = "It was reported that {p1} was threatened.", **fields: Any
) -> dict[str, Any]:
    """A case that validates as it is: taken from an earlier (invented) report, and told in hrc-60."""
    base = {
        "id": name,
        "title": "Invented, a case",
        "record": "individual",
        "state": name[:3],
        "status": "published",
        "persons": [person(name="not-stated", consent={"level": "already-public", "source": "A/HRC/60/999"})],
        "cooperation": [{"body": "hrc"}],
        "acts": [{"ref": "a1", "type": "threats", "date": "2025-01-10"}],
        "text": {"hrc-60": {"annex": annex}},
        "reports": [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "state": name[:3]}],
    }
    return _over(base, fields)


def _over(base: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**base, **fields}.items() if value is not None}


def whole() -> dict[str, Any]:
    """The whole example of the case format, as plain data."""
    text = (WHOLE / "cases/XXA/XXA-2025-001.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.BaseLoader))


def dump(data: Mapping[str, Any]) -> str:
    """Plain data as a file."""
    text = yaml.dump(dict(data), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
    return str(text)


# --- in memory ------------------------------------------------------------------------------------------------------


def record(data: Mapping[str, Any], model: type[Any], path: str = "file.yaml") -> Any:
    """Plain data as a typed record, through the strict reader; a fault fails the test."""
    made, found = load_record(dump(data).encode(), path, model)
    assert not [one for one in found if one.severity == "error"], found
    return made


def corpus(
    cases: Iterable[Mapping[str, Any]],
    editions: Iterable[Mapping[str, Any]] = (HRC_60, HRC_63),
    settings: Mapping[str, Any] = SETTINGS,
) -> Corpus:
    """A corpus that was never on disk."""
    known = tuple(record(edition, Edition) for edition in editions)
    workspace = Workspace(Path("/nowhere"), record(settings, Settings), known, "templates/editions")
    files = tuple(_file(data) for data in cases)
    return Corpus(workspace, files, len(files), 0, {file.case.id: file for file in files})


def _file(data: Mapping[str, Any]) -> CaseFile:
    path = f"cases/{data['id'][:3]}/{data['id']}.yaml"
    return CaseFile(path, record(data, Case, path))


def shown(
    cases: Iterable[Mapping[str, Any]],
    edition: str = "hrc-60",
    editions: Iterable[Mapping[str, Any]] = (HRC_60, HRC_63),
    audience: Audience = Audience.PUBLIC,
    state: str = "",
) -> PublicCorpus:
    """What may be shown of cases."""
    made = corpus(cases, editions)
    return disclose(made, made.workspace.edition(edition), audience, state)


@cache
def sentences() -> Sentences:
    """The English sentences of the frame."""
    path = ROOT / "templates" / "sentences" / "en.yaml"
    return load_sentences(path.read_bytes(), "en.yaml", "en")


def compiled(
    cases: Iterable[Mapping[str, Any]],
    edition: str = "hrc-60",
    editions: Iterable[Mapping[str, Any]] = (HRC_60, HRC_63),
    **manuscripts: str,
) -> tuple[Report, list[Diagnostic]]:
    """The finished tree of an edition. `manuscripts` go by the name of their file without `.md`, which stands in the
    contents of the edition (`with_manuscript`); `summary` is the summary; `states_XXA` opens the section of a State."""
    public = shown(cases, edition, editions)
    sections = {f"{name}.md": Source(f"templates/{name}.md", text) for name, text in manuscripts.items()}
    states = {
        name[-3:]: Source(f"states/{name[-3:]}.md", text)
        for name, text in manuscripts.items()
        if name.startswith("states_")
    }
    return compile_report(public, Manuscripts(sections, states, analysis=statistics_of(public.edition)), sentences())


def statistics_of(edition: Edition) -> Analysis | None:
    """What makes the statistical annex of an edition that has one, without figures."""
    wanted = any(isinstance(item, AnnexBlock) and item.annex == "statistics" for item in edition.contents)
    return analysis({}, "figures", drawn) if wanted else None


def with_manuscript(*names: str, base: Mapping[str, Any] = HRC_60, **fields: Any) -> dict[str, Any]:
    """An edition whose contents start with these manuscripts."""
    contents = [*({"manuscript": f"{name}.md"} for name in names), *base["contents"]]
    return {**base, "contents": contents, **fields}


# --- reading a tree -------------------------------------------------------------------------------------------------


def part(report: Report, key: str) -> Part:
    """A part by its key."""
    return next(one for one in report.parts if one.key == key)


def paragraphs(report: Report, key: str) -> list[str]:
    """The paragraphs of a part, with their numbers: `3. It was reported …`."""
    found = [one for one in report.parts if one.key == key]
    return [
        f"{block.number}. {text_of(block.inlines)}" for one in found for block in one.blocks if isinstance(block, Para)
    ]


def headings(report: Report, key: str) -> list[str]:
    """The headings of a part, with their labels."""
    return [
        f"{block.label} {text_of(block.inlines)}".strip()
        for block in part(report, key).blocks
        if isinstance(block, Heading)
    ]


def rows(report: Report, family: str) -> list[list[str]]:
    """The rows of a mechanism's table."""
    table = next(block for block in part(report, f"mechanism-{family}").blocks if isinstance(block, Table))
    return [[text_of(cell) for cell in row] for row in table.rows]


def notes(report: Report) -> list[str]:
    """All footnotes with their numbers, in reading order, the summary's first."""
    blocks = [
        *report.front.summary,
        *(block for one in report.parts for block in one.blocks if not isinstance(block, Table)),
    ]
    found = [node for block in blocks for node in walk_inlines(block.inlines) if isinstance(node, Note)]
    return [f"{note.number} {text_of(note.children)}" for note in found]


def everything(report: Report) -> str:
    """All words of a document: its parts, tables, notes, headings, front."""
    from reprisal_cli.compile.tree import cells

    blocks = [*report.front.summary, *(block for one in report.parts for block in one.blocks)]
    lines = [text_of(cell, notes=True) for block in blocks for cell in cells(block)]
    return "\n".join([repr(report.front), repr(report.figures), *lines])


# --- on disk --------------------------------------------------------------------------------------------------------


def workspace(
    folder: Path,
    cases: Iterable[Mapping[str, Any]] = (),
    editions: Iterable[Mapping[str, Any]] = (HRC_60, HRC_63),
    settings: Mapping[str, Any] = SETTINGS,
    files: Mapping[str, str] | None = None,
) -> Path:
    """A workspace on disk with the house style and the sentences of this project."""
    for name in ("house", "sentences", "letters"):
        shutil.copytree(ROOT / "templates" / name, folder / "templates" / name, dirs_exist_ok=True)
    put(folder, "reprisal.yaml", dump(settings))
    for edition in editions:
        put(folder, f"templates/editions/{edition['id']}/edition.yaml", dump(edition))
    for data in cases:
        put_case(folder, data)
    for path, text in (files or {}).items():
        put(folder, path, text)
    return folder


def put_case(folder: Path, data: Mapping[str, Any]) -> None:
    """Writes a case to its place."""
    put(folder, f"cases/{data['id'][:3]}/{data['id']}.yaml", dump(data))


def put(folder: Path, path: str, text: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
