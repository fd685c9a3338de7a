"""RC6, continued: a frozen edition, and what has changed in it since `reprisal publish`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reprisal_cli.checks.cycle import PUBLISHED, already_public, asks
from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.checks.publication import editions_before
from reprisal_cli.diagnostic import Severity
from reprisal_cli.model.case import Case
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.published import NAME, PublishedCase, Told, digest_of, edition_digest, text_digest


@check("RC653")
def published_text_changed(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The text of a frozen edition stays what was published.

    What it does: compares the text of a case for each edition that `reprisal publish` has frozen with the digest in
    the edition's `published.json`.
    Why it is bad: what was printed cannot be changed by an edit: the next build would give another document under the
    same symbol, and later reports would cite words that nobody can find. A mistake is mended by a corrigendum, and new
    facts belong into the next edition. Where the words must go (a consent was withdrawn), say so in the file:
    `# reprisal: allow RC653 -- consent withdrawn`.

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 1 March 2025, {p1} was reportedly arrested again.
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {"XXA-2025-001": {"text": "sha256:0", "step": true,
                                "places": [{"state": "XXA", "part": "annex I", "paras": [7, 8]}]}},
     "files": {}}
    ```
    Use instead:
    ```yaml
    text:
      hrc-63:
        annex: On 10 January 2026, {p1} was reportedly released.
    ```
    """
    for edition_id, record in desk.published.items():
        one, edition = record.cases.get(file.case.id), desk.editions.get(edition_id)
        if one is not None and edition is not None and text_digest(file.case, edition) != one.text:
            named = edition_id if edition_id in file.case.text else (edition.of or edition_id)
            yield Finding(
                ("text", named) if named in file.case.text else (),
                f"{edition_id} was published on {record.date}, and its text of this case is not what it was",
                "put the text back; a mistake is mended by a corrigendum, what is new goes into the next edition",
            )


@check("RC654")
def place_not_as_published(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The places that `reprisal publish` wrote stay as they are, and nobody else writes one.

    What it does: compares the entries of `reports` with `built: yes` with the edition's `published.json`, where the
    edition is frozen.
    Why it is bad: later editions cite these paragraphs, and a reader does not find them. An entry that was typed in
    makes a case published that nobody printed (case format: "`reprisal publish` adds an entry with `built: yes`, never
    changes one").

    Example:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXA, built: yes}
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {"XXA-2025-001": {"text": "sha256:0", "step": true,
                                "places": [{"state": "XXA", "part": "annex I", "paras": [7, 8]}]}},
     "files": {}}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA, built: yes}
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {"XXA-2025-001": {"text": "sha256:0", "step": true,
                                "places": [{"state": "XXA", "part": "annex I", "paras": [7, 8]}]}},
     "files": {}}
    ```
    """
    for index, entry in enumerate(file.case.reports):
        record = desk.published.get(entry.edition)
        if record is None or not entry.built:
            continue
        one = record.cases.get(file.case.id)
        here = Told(entry.state or file.case.state, entry.part or "", entry.paras)
        if one is None or here not in one.places or entry.symbol != record.symbol:
            said = "did not tell this case" if one is None else "told this case elsewhere"
            hint = "put the entry back as `reprisal publish` wrote it, or take out one that it did not write"
            yield Finding(("reports", index), f"{entry.edition}, as it was published, {said}", hint)


@check("RC655")
def publication_not_finished(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case that a frozen edition told has its places there in `reports`.

    What it does: looks in `reports` of each case in an edition's `published.json` for the places that stand there.
    Why it is bad: `reprisal publish` was broken off, or an entry was taken out: the next edition's annex II lacks the
    earlier place (operative paragraph 15; case format, gates: "an edition frozen, paragraphs written back").

    Example:
    ```yaml
    reports: REMOVE
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {"XXA-2025-001": {"text": "sha256:0", "step": true,
                                "places": [{"state": "XXA", "part": "annex I", "paras": [7, 8]}]}},
     "files": {}}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA, built: yes}
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {"XXA-2025-001": {"text": "sha256:0", "step": true,
                                "places": [{"state": "XXA", "part": "annex I", "paras": [7, 8]}]}},
     "files": {}}
    ```
    """
    for edition_id, record in desk.published.items():
        one = record.cases.get(file.case.id)
        if one is not None and missing(file.case, edition_id, one):
            message = f"{edition_id} was published on {record.date}, and the case lacks its place there"
            route = ("reports",) if file.case.reports else ()
            yield Finding(route, message, f"`reprisal publish {edition_id}` finishes what was broken off")


def missing(case: Case, edition_id: str, one: PublishedCase) -> list[Told]:
    """The places of a record that a case has no entry for."""
    states = {entry.state or case.state for entry in case.reports if entry.edition == edition_id}
    return [told for told in one.places if told.state not in states]


@check("RC656", Severity.WARNING)
def frozen_edition_changed(index: Index, desk: Desk) -> Iterator[Finding]:
    """A frozen edition stays what was published: its masthead, its sections, its cases.

    What it does: compares what `edition.yaml` means, and the manuscripts of a frozen edition, with the digests in its
    `published.json`, and looks for the file of each case in it. Sections that editions share are copied beside
    `edition.yaml` when it is frozen, so that the next edition's work does not change it.
    Why it is bad: a later build gives another document under the same symbol.

    Example:
    ```yaml
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {}, "files": {"templates/editions/hrc-60/edition.yaml": "sha256:0"}}
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {}, "files": {}}
    ```
    """
    for edition_id, record in desk.published.items():
        edition = desk.editions.get(edition_id)
        if edition is None:
            continue
        now = {f"{desk.settings.templates}/editions/{edition_id}/edition.yaml": edition_digest(edition)}
        texts = desk.manuscripts.get(edition_id, {}) if desk.manuscripts is not None else {}
        now |= {path: digest_of(text) for path, text in texts.items()}
        for path, digest in record.files.items():
            asked = desk.manuscripts is not None or path.endswith("/edition.yaml")
            if asked and now.get(path) != digest:
                message = f"{edition_id} was published on {record.date}, and this is not what it was"
                place = path if path in now else f"{desk.settings.templates}/editions/{edition_id}/{NAME}"
                yield Finding((), message, "put it back: `git log` shows when it changed", place)
        for name in record.cases:
            if name not in index.by_id:
                message = f"{name} was told in {edition_id}, and its file is gone"
                place = f"{desk.settings.templates}/editions/{edition_id}/{NAME}"
                yield Finding((), message, "put it back: a case ends by a status, never by its file", place)


@check("RC718", Severity.WARNING)
def published_without_its_edition(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case becomes published with its edition.

    What it does: at published, looks whether one of the editions in `reports` since the publication before is frozen
    here, or is none of this workspace's. It is a warning as long as no edition was ever frozen here, since the report
    may have been printed before this program was used; from the first `reprisal publish` on RC719 makes it an error.
    Why it is bad: the step was typed in: no edition was checked, built for good and frozen (case format, gates: "an
    edition frozen, paragraphs written back").

    Example:
    ```yaml
    status: published
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
    ```
    Use instead:
    ```yaml
    status: follow-up
    ```
    """
    case = file.case
    if not asks(case, PUBLISHED) or not case.history:
        return
    new = {entry.edition for entry in case.reports} - editions_before(case, desk)
    if next(_typed_steps(case, desk), None) is not None:
        return
    if new and not any(name not in desk.editions or _tells(desk, name, case) for name in new):
        message = "published, but no edition that tells it is"
        yield Finding(("status",), message, "`reprisal publish EDITION` takes this step for all its cases")


def _tells(desk: Desk, name: str, case: Case) -> bool:
    return name in desk.published and case.id in desk.published[name].cases


@check("RC719")
def publication_typed_in(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Once an edition was frozen here, nothing but `reprisal publish` makes a case published.

    What it does: looks at each step to published on or after the day on which the first edition was frozen, and at each
    entry of `reports` with `built: yes` for an edition that speaks from a later day: an edition with a `published.json`
    that names the case stands behind each. What was published before that day, and a case that was already public when
    its history began, may have been printed without this program.
    Why it is bad: the gate was passed by hand: no edition was checked, built for good and frozen, and later reports
    cite a place that nobody printed (case format, gates: "an edition frozen, paragraphs written back"). Where the case
    was printed elsewhere, say so in the file: `# reprisal: allow RC719 -- printed in A/HRC/60/999, not built here`.

    Example:
    ```yaml
    status: published
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {}, "files": {}}
    ```
    Use instead:
    ```yaml
    status: published
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
    # file: templates/editions/hrc-60/published.json raw
    {"version": 1, "edition": "hrc-60", "symbol": "A/HRC/60/999", "date": "2025-09-20", "by": "editor-1",
     "cases": {"XXA-2025-001": {"text": "sha256:0", "step": true,
                                "places": [{"state": "XXA", "part": "annex I", "paras": [7, 8]}]}},
     "files": {}}
    ```
    """
    hint = "`reprisal publish EDITION` takes this step, and writes the place, for all cases of an edition"
    for index in _typed_steps(file.case, desk):
        yield Finding(("history", index), "published, but no frozen edition of that day tells the case", hint)
    for index, entry in enumerate(file.case.reports):
        edition = desk.editions.get(entry.edition)
        if not entry.built or edition is None or entry.edition in desk.published or not desk.published:
            continue
        if edition.as_of >= _first_frozen(desk):
            message = f"built: yes, but {entry.edition} is not frozen"
            yield Finding(("reports", index, "built"), message, hint)


def _typed_steps(case: Case, desk: Desk) -> Iterator[int]:
    """The places of the steps to published behind which no frozen edition stands, since the first was frozen here."""
    if not desk.published:
        return
    days = {record.date for record in desk.published.values() if case.id in record.cases}
    for index, event in enumerate(case.history):
        begun_public = index == 0 and already_public(case)
        asked = event.status == "published" and event.date >= _first_frozen(desk) and not begun_public
        if asked and event.date not in days:
            yield index


def _first_frozen(desk: Desk) -> date:
    return min(record.date for record in desk.published.values())


CASE = (published_text_changed, place_not_as_published, publication_not_finished)
GATES = (published_without_its_edition, publication_typed_in)
INDEX = (frozen_edition_changed,)
