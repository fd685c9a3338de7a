"""RC1, continued: places in reports, and what else is cited or signed off."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.desk import Desk, text_references
from reprisal_cli.diagnostic import Location, Related, Severity
from reprisal_cli.model.membership import earlier_reports
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile


@check("RC128")
def place_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report stands in `reports` once.

    What it does: looks for two entries with one edition, symbol, part and State, whatever their paragraphs.
    Why it is bad: the opening sentence of a follow-up names the place twice (case format: "one entry a State").

    Example:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXB}
    ```
    """
    entries = file.case.reports
    if len(entries) < 2:
        return
    seen: dict[tuple[object, ...], int] = {}
    for index, entry in enumerate(entries):
        key = (entry.edition, entry.symbol, entry.part, entry.state or file.case.state)
        first = seen.setdefault(key, index)
        if first != index:
            related = (Related(Location(file.path, ("reports", first)), "the same place"),)
            hint = "make the two one, with all paragraphs in `paras`"
            yield Finding(("reports", index), "this place stands here already", hint, related=related)


@check("RC129")
def symbol_of_another_edition(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report has the symbol of its edition.

    What it does: compares `symbol` with that of the edition in the workspace, or with the session in the edition's id.
    Why it is bad: the follow-up cites a document in which the case does not stand, and `already-public` rests on it
    (case format: `reports` is "where it was published").

    Example:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/59/999, part: annex I, paras: [7, 8], state: XXA}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA}
    ```
    """
    for index, entry in enumerate(file.case.reports):
        edition = desk.editions.get(entry.edition)
        if edition is not None and edition.symbol is not None:
            if edition.symbol != entry.symbol:
                hint = f"the symbol of {entry.edition} is {edition.symbol}"
                yield Finding(("reports", index, "symbol"), f"this is not the symbol of {entry.edition}", hint)
        elif entry.symbol.startswith("A/HRC/") and entry.edition.startswith("hrc-"):
            session = entry.edition.split("-")[1]
            if entry.symbol.split("/")[2] not in (session, "RES"):
                hint = f"a symbol of that session begins with A/HRC/{session}/"
                yield Finding(("reports", index, "symbol"), f"this is not a symbol of {entry.edition}", hint)


@check("RC130")
def place_of_another_state(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report is under a State that the case concerns.

    What it does: compares `state` of each entry of `reports` with the States of the case.
    Why it is bad: the place is cited in the wrong section, or a State of the case is missing (case format: "one entry a
    State").

    Example:
    ```yaml
    also_states: REMOVE
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXB}
    ```
    Use instead:
    ```yaml
    also_states: [XXB]
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [9], state: XXB}
    ```
    """
    states = file.case.states
    for index, entry in enumerate(file.case.reports):
        if entry.state is not None and entry.state not in states:
            message = f"the case does not concern {entry.state}"
            yield Finding(("reports", index, "state"), message, "correct it, or add the State to `also_states`")


@check("RC131")
def no_earlier_place(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text that says `{reports}` is of a case with an earlier place.

    What it does: looks for an entry of `reports` of an earlier edition than that of the text.
    Why it is bad: nothing can be printed in its place (case format: `{reports}` gives "its earlier places, this
    edition left out"; "a reference that points nowhere is an error").

    Example:
    ```yaml
    text:
      hrc-60:
        annex: The case was told before (see {reports}).
    ```
    Use instead:
    ```yaml
    text:
      hrc-63:
        annex: The case was told before (see {reports}).
    ```
    """
    case = file.case
    if not any("{reports}" in words for text in case.text.values() for words in (text.main, text.annex) if words):
        return
    for edition, field, node in text_references(file):
        known = desk.editions.get(edition)
        if node.kind == "reports" and known is not None and not earlier_reports(case, known):
            hint = "add the earlier place to `reports`, or take the reference out"
            yield Finding(("text", edition, field), "{reports}: the case has no earlier place", hint)


@check("RC132", Severity.WARNING)
def signoff_of_nothing(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A sign-off is of an edition in which the case has a text, and of a response that is there.

    What it does: looks for sign-offs of an edition for which the case has neither text nor place, and of the response
    where there is none.
    Why it is bad: it approves nothing, and the words that are printed are approved by nobody (case format: a sign-off
    "binds just what it covers in that edition").

    Example:
    ```yaml
    signoffs:
      - {edition: hrc-63, of: text, by: reviewer-1, date: 2025-08-04, digest: "sha256:…"}
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p1}.
    ```
    Use instead:
    ```yaml
    signoffs:
      - {edition: hrc-60, of: text, by: reviewer-1, date: 2025-08-04, digest: "sha256:…"}
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p1}.
    ```
    """
    case = file.case
    for index, signoff in enumerate(case.signoffs):
        if signoff.of == "response":
            if not case.responses:
                yield Finding(("signoffs", index, "of"), "the case has no response to sign off", "correct `of`")
        elif signoff.edition not in desk.editions or signoff.edition in case.text:
            continue  # an edition that is not known is edition-not-known (RC121)
        elif all(entry.edition != signoff.edition for entry in case.reports):
            message = f"the case has no text for {signoff.edition}"
            yield Finding(("signoffs", index, "edition"), message, "correct the edition, or write the text first")


@check("RC133", Severity.WARNING, Stage.CLEARANCE)
def finding_without_reference(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A finding of a body gives the document in which it was made.

    What it does: looks for acts `with` a body and without `reference`.
    Why it is bad: what is told as a fact on the authority of a body must be citable (case format: "with: {body,
    reference}"; operative paragraph 9).

    Example:
    ```yaml
    effects: [self-censorship]
    acts:
      - {ref: a1, type: threats, date: 2025-01-28, assertion: found-by-body, with: {body: wgad}}
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    acts:
      - ref: a1
        type: threats
        date: 2025-01-28
        assertion: found-by-body
        with: {body: wgad, reference: "A/HRC/WGAD/2025/12, para. 40"}
    ```
    """
    for index, act in enumerate(file.case.acts):
        if act.with_ is not None and act.with_.reference is None:
            hint = "add `reference:` with the symbol and the paragraph"
            yield Finding(("acts", index, "with"), "found by a body, but in which document is not said", hint)


CASE = (
    place_twice,
    symbol_of_another_edition,
    place_of_another_state,
    no_earlier_place,
    signoff_of_nothing,
    finding_without_reference,
)
