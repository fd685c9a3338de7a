"""`reprisal publish`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.changes import By, to_commit
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

if TYPE_CHECKING:
    from reprisal_cli.pipeline.publish import Publication


def publish(
    context: typer.Context,
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="The edition, as hrc-60.")],
    by: By,
    build: Annotated[
        list[Path] | None,
        typer.Option("--build", help="A folder with a final build; else build/EDITION.", metavar="DIR"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Freeze an edition, and write into each case where it was told.

    Needs a final build of the edition, made from the files as they are now. Refuses while a case that belongs in the
    edition is not approved, or at fault, and says which and why (exit code 1). Then it writes the record of the
    edition (published.json and manifest.json beside edition.yaml, with the shared sections), adds the paragraphs to
    `reports` of each case, and takes the step to published. An entry that is there is never changed. From then on an
    edit of the edition's texts is a finding. A run that was broken off is finished by a second one.
    """
    from reprisal_cli.cli.output import form_of, print_findings, say, write_json
    from reprisal_cli.pipeline.prepare import FaultyWorkspaceError
    from reprisal_cli.pipeline.publish import publication, write_publication
    from reprisal_cli.store.root import find_root

    as_json = form_of(output_format) == "json"
    try:
        plan = publication(context.obj, edition, by, day(as_of) or today(), build or ())
    except FaultyWorkspaceError as problem:
        print_findings(problem.found, find_root(context.obj.resolve()), "text", sys.stderr)
        raise typer.Exit(1) from None
    refused = bool(plan.gates or plan.found)
    if as_json:
        if plan.paths and not refused and not dry_run:
            write_publication(plan)
        write_json(_as_data(plan, dry_run))
    elif refused:
        _refuse(plan)
    if refused:
        raise typer.Exit(1)
    if as_json:
        return
    for one in plan.held:
        say(f"held back {one.id}: {one.reason}", sys.stdout)
    if not plan.paths:
        assert plan.record is not None
        say(f"{edition} was published on {plan.record.date}; nothing is left to do", sys.stdout)
        return
    if dry_run:
        for path in plan.paths:
            say(f"would write {path}", sys.stdout)
        return
    write_publication(plan)
    _tell(plan)


def _as_data(plan: Publication, tried: bool) -> dict[str, object]:
    """A publication for programs: what each case lacks, what is at fault, what is to be committed."""
    found = [
        {"code": one.code, "name": one.name, "path": one.location.path, "message": one.message, "hint": one.hint}
        for one in plan.found
    ]
    written = bool(plan.paths) and not (plan.gates or plan.found or tried)
    return {
        "edition": plan.edition.id,
        "refused": bool(plan.gates or plan.found),
        "gates": [{"case": one.case, "status": one.status, "lacks": list(one.lacks)} for one in plan.gates],
        "found": found,
        "told": list(plan.told),
        "held": [{"case": one.id, "reason": one.reason} for one in plan.held],
        "commit": {"files": list(plan.paths), "message": _message(plan)} if written else None,
    }


def _message(plan: Publication) -> str:
    return f"{plan.edition.id}: published"


def _refuse(plan: Publication) -> None:
    from reprisal_cli.cli.output import print_findings, say

    if plan.gates:
        count = len(plan.gates)
        say(f"{plan.edition.id} is not published: the gate is shut for {count} case{'s' * (count != 1)}")
        for gate in plan.gates:
            say(f"  {gate.case}  {gate.status}")
            for reason in gate.lacks:
                say(f"    {reason}")
        say("  help: take each on (`reprisal status` says how), or withhold it with a reason")
    known = {line for gate in plan.gates for line in gate.lacks}
    others = [one for one in plan.found if f"{one.code} {one.message}" not in known]
    if others:
        print_findings(others, plan.root, "text", sys.stderr)
        say(f"{plan.edition.id} is not published: the workspace is at fault")


def _tell(plan: Publication) -> None:
    from reprisal_cli.cli.output import say

    name = plan.edition.id
    if plan.finishes:
        say(f"{name}: finished what was broken off", sys.stdout)
    for path in plan.cases or {}:
        say(f"{path}: its place in {name}", sys.stdout)
    if plan.files:
        say(f"{plan.folder}: frozen, {len(plan.told)} case{'s' * (len(plan.told) != 1)}", sys.stdout)
    if plan.edition.version == "draft":
        say(f"the first page of {name} says that it is a draft: `version` in edition.yaml")
    to_commit(plan.root, plan.paths, _message(plan))
