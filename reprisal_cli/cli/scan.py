"""`reprisal scan`, and the receipts of final builds: `reprisal sign-receipt`, `reprisal verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.identity import Identity, keys_if, quiet
from reprisal_cli.cli.options import AsOf, OutputFormat, day

Manifest = Annotated[Path, typer.Argument(help="The manifest of a final build.", metavar="MANIFEST")]


def scan(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Documents: docx, odt, epub, pdf, html, txt, md.", metavar="FILE...")
    ],
    identity: Identity = None,
    output_format: OutputFormat = "text",
) -> None:
    """Search documents from elsewhere for what this workspace keeps back.

    With --identity also for every name and contact in the vault, however it is written. A part that cannot be read is
    a finding. No finding shows what was found, only whose it is and where. docs/leak-gate.md tells more.

    Exit code 0: nothing found; 1: something was found; 2: the scan could not be made.
    """
    from reprisal_cli.cli.output import print_findings, say
    from reprisal_cli.cli.output_formats import FORMATS
    from reprisal_cli.diagnostic import ReprisalError, has_errors
    from reprisal_cli.pipeline.gate import scan_files

    if output_format not in FORMATS:
        raise ReprisalError("there is no such output format", f"choose from {', '.join(FORMATS)}")
    with quiet():
        scanned = scan_files(context.obj, files, keys_if(identity))
    print_findings(scanned.found, scanned.root, output_format, sys.stdout)
    say(f"scanned {scanned.files} of {len(files)}; {len(scanned.found)} findings")
    if not scanned.keyed:
        say("not checked against the vault: say --identity FILE to search for names")
    if has_errors(scanned.found):
        raise typer.Exit(1)


def sign_receipt(
    manifest: Manifest,
    key: Annotated[Path, typer.Option("--key", "-k", help="Your private ssh key.", metavar="FILE")],
) -> None:
    """Sign the manifest of a final build. The receipt lies beside it, as MANIFEST.sig. Needs ssh-keygen."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.receipt import SUFFIX, sign
    from reprisal_cli.store.write import write_all

    try:
        content = manifest.read_bytes()
    except OSError as problem:
        raise ReprisalError(f"{manifest}: {(problem.strerror or '').lower()}", "name the manifest of a build") from None
    write_all(manifest.parent, {f"{manifest.name}{SUFFIX}": sign(content, key)})
    say(f"{manifest}{SUFFIX}", sys.stdout)


def verify(
    context: typer.Context,
    manifest: Manifest,
    signers: Annotated[
        Path | None,
        typer.Option("--signers", help="Those who may sign; else `signers` in the vault.", metavar="FILE"),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Verify the receipt of a final build: who signed, and that the files are those that passed the gate.

    Needs no program and no key. Exit code 0: it holds; 1: it does not; 2: it could not be verified.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.protect.receipt import verify as verified

    verdict = verified(manifest.parent, manifest.name, _signers(context.obj, signers), day(as_of) or today())
    for fault in verdict.wrong:
        say(f"{manifest.name}: {fault}", sys.stdout)
    if verdict.wrong:
        raise typer.Exit(1)
    say(f"{manifest.name}: signed by {verdict.signer}; {verdict.files} files as they were checked", sys.stdout)


def _signers(start: Path, given: Path | None) -> str:
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.receipt import SIGNERS
    from reprisal_cli.protect.vault_files import vault_of
    from reprisal_cli.store.workspace import open_workspace

    path = given or vault_of(open_workspace(start)[0]).root / SIGNERS
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        hint = "a line each: NAME ssh-ed25519 KEY; in the vault's folder, or --signers FILE"
        raise ReprisalError("there is no list of those who may sign", hint) from None
