"""What a State reads, letter and dossier, as Word, PDF and page, in a workspace with cases of others and of people who
did not agree: nothing of them is in any file, nor in what traces it. (The manifest stays in the office: it has the
hashes of all files that were read.)"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from reprisal_cli.pipeline.documents import build_dossier, build_letter
from tests.protect.test_two_persons import example
from tests.support.builders import case, dump, person, published, put, whole
from tests.support.reading import docx_text, html_text, pdf_text, squeeze

FORMATS = ["docx", "pdf", "html"]
PENDING = {"level": "pending"}
NO_STATE = {
    "level": "public-no-name", "uses": ["report"], "given_by": "victim", "date": "2025-02-01",
    "risks_explained": "yes", "review_by": "2035-02-01",
}  # fmt: skip
TRACES = (
    "carpenter", "Market Street", "XXB-2025-110",  # of another State's case
    "glassblower", "XXA-2025-109", "XXA 9/2025",  # of somebody whose consent is not there yet
    "beekeeper", "XXA-2025-108",  # of somebody who agreed to the report alone
    "a witness", "29 January 2025", "2025-01-29",  # of the second person of the case that is told
)  # fmt: skip


def cleared(name: str, who: dict[str, object]) -> dict[str, object]:
    """A case that is put to its State as far as consent goes: the whole example at that step, about somebody else."""
    data = whole()
    kept = ("record", "state", "received", "cooperation", "acts", "sources", "corroboration", "risk", "history")
    first = {key: data[key] for key in kept}
    first["acts"] = [{**first["acts"][0], "persons": ["p1"]}]
    first["cooperation"] = [{**first["cooperation"][0], "persons": ["p1"]}]
    first["history"] = first["history"][:4]
    return {"id": name, "title": "Invented, a third case", "status": "cleared", "persons": [who], **first}


def others() -> list[dict[str, object]]:
    """A case of another State, told; one of this State whose person has not answered; one who wants no letter."""
    asked = {"ref": "u1", "by": ["wgad"], "kind": "communication", "number": "XXA 9/2025", "date": "2025-03-09",
             "to": ["XXA"]}  # fmt: skip
    history = [{"date": "2025-02-03", "status": "received", "by": "desk-1"}]
    return [
        published("XXB-2025-110", annex="It was reported that {p1}, a carpenter of Market Street, was followed."),
        case("XXA-2025-109", status="received", persons=[person(described="a glassblower", consent=PENDING)],
             un_actions=[asked], risk=None, history=history),
        cleared("XXA-2025-108", person(described="a beekeeper", limb="a", consent=NO_STATE)),
    ]  # fmt: skip


@cache
def texts(kind: str, state: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        root = example(Path(name))
        for one in others():
            put(root, f"cases/{str(one['id'])[:3]}/{one['id']}.yaml", dump(one))
        build = build_letter if kind == "letter" else build_dossier
        built = build(root, state, "hrc-60", FORMATS, None, None)
        assert built.folder is not None, [*built.loaded.found, *built.found]
        files = {path: (built.folder / path).read_bytes() for path in built.files}
    read = {".docx": docx_text, ".pdf": pdf_text, ".html": html_text}
    shown = {path: raw for path, raw in files.items() if "manifest" not in path}
    return {path: read.get(Path(path).suffix, bytes.decode)(raw) for path, raw in shown.items()}


@pytest.mark.parametrize("state", ["XXA", "XXB"])
@pytest.mark.parametrize("kind", ["letter", "dossier"])
def test_nothing_of_others_is_in_what_a_state_reads(kind: str, state: str) -> None:
    own = () if state == "XXA" else TRACES[:3]
    found = texts(kind, state)
    assert {Path(path).suffix for path in found} == {".docx", ".pdf", ".html", ".json"}
    for path, text in found.items():
        if not path.endswith(".json"):
            assert "womanhumanrightsdefender" in squeeze(text), path
        for trace in TRACES:
            assert trace in own or squeeze(trace).lower() not in squeeze(text).lower(), (path, trace)


def test_each_state_reads_its_own_case() -> None:
    """The words that are looked for are such as would be found: in the dossier of the State whose case it is."""
    assert "carpenter" in texts("dossier", "XXB")["dossier-XXB.docx"]
    assert "carpenter" in texts("dossier", "XXB")["dossier-XXB.html"]
