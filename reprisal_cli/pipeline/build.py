"""`reprisal build`: from the cases to the annual report, and to one mechanism's extract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reprisal_cli.diagnostic import ReprisalError, has_errors
from reprisal_cli.pipeline.figures import budget_in, budget_line
from reprisal_cli.pipeline.prepare import disclosed, manuscripts_of, ready, sentences_of
from reprisal_cli.pipeline.produce import Built, Order, finish

if TYPE_CHECKING:
    from reprisal_cli.protect.vault import Keys


FORMS = ("table", "long")


def build_report(
    start: Path,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
    final: bool = False,
    sign: Callable[[bytes], bytes] | None = None,
    reference: Path | None = None,
) -> Built:
    """Builds the annual report of an edition in some formats, whole or not at all.

    With an `identity`, sealed names are printed where their owners agreed to it, and what is in the vault is searched
    for in what was made; without, these persons are described, and the documents say that they were not checked.
    `final`: for publication, of approved cases alone.
    """
    from reprisal_cli.compile.report import compile_report

    loaded, edition = ready(start, edition_id, as_of)
    workspace = loaded.workspace
    if has_errors(loaded.found):
        return Built(loaded, edition)
    sentences = sentences_of(workspace, edition)
    public, secrets, sealed = disclosed(loaded, edition, identity, final)
    if sealed:
        return Built(loaded, edition, found=sealed)
    manuscripts, missing = manuscripts_of(workspace, edition, public)
    if missing:
        return Built(loaded, edition, found=missing)
    report, found = compile_report(public, manuscripts, sentences)
    words = budget_line(budget_in(loaded, edition, public, report), edition)
    built = Built(loaded, edition, public, found=found, final=final, remarks=(words,))
    return finish(built, report, secrets, sentences, Order("report", formats, out, sign, reference=reference))


def build_annex(
    start: Path,
    edition_id: str | None,
    family: str,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
    form: str = "long",
    reference: Path | None = None,
) -> Built:
    """Builds one family of mechanisms' own extract of an edition (operative paragraph 14): a table of its actions, or
    `long`, with the text of its cases."""
    from reprisal_cli.compile.report import compile_annex
    from reprisal_cli.register.bodies import families
    from reprisal_cli.register.suggest import suggest

    if family not in families():
        near = suggest(family, families())
        hint = f"did you mean `{near}`?" if near else f"the families are: {', '.join(families())}"
        raise ReprisalError("there is no such family of mechanisms", hint)
    if form not in FORMS:
        raise ReprisalError("there is no such form of an extract", f"choose {' or '.join(FORMS)}")
    loaded, edition = ready(start, edition_id, as_of)
    if has_errors(loaded.found):
        return Built(loaded, edition)
    public, secrets, sealed = disclosed(loaded, edition, identity)
    if sealed:
        return Built(loaded, edition, found=sealed)
    sentences = sentences_of(loaded.workspace, edition)
    report, found = compile_annex(public, family, sentences, form == "long")
    built = Built(loaded, edition, public, found=found)
    return finish(built, report, secrets, sentences, Order(f"annex-{family}", formats, out, reference=reference))
