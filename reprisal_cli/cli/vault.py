"""`reprisal vault`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.identity import Identity, keys_if, keys_of, quiet
from reprisal_cli.cli.options import OutputFormat

if TYPE_CHECKING:
    from reprisal_cli.model.case import Case
    from reprisal_cli.protect.vault_files import Vault
    from reprisal_cli.store.workspace import Workspace

app = typer.Typer(
    help="Identities and documents under seal: in age files, never in git in clear.", no_args_is_help=True
)
people = typer.Typer(help="Who can open the vault.", invoke_without_command=True)
app.add_typer(people, name="recipients")

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The id of a case, as EGY-2020-003.")]
Key = Annotated[list[str], typer.Argument(metavar="KEY", help="age1..., ssh-ed25519 ... or ssh-rsa ....")]


@app.command()
@quiet()
def init(
    context: typer.Context,
    recipients: Annotated[
        list[str] | None, typer.Argument(metavar="KEY...", help="Public keys, an ssh key in quotes; two at least.")
    ] = None,
) -> None:
    """Make the vault, with the public keys of those who can open it."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.protect.recipients import RECIPIENTS, init_vault

    _, vault = _open(context)
    init_vault(vault, recipients or [])
    say(f"{vault.root}: made; {vault.show(RECIPIENTS)} has {len(set(recipients or []))} recipients", sys.stdout)
    if not recipients:
        say(
            "Next: `reprisal vault recipients add KEY`, at least twice; keep one of the private keys offline",
            sys.stdout,
        )


@app.command()
@quiet()
def edit(context: typer.Context, case_id: CaseArgument, identity: Identity = None) -> None:
    """Edit the sealed identities of a case in your editor ($VISUAL, $EDITOR).

    The clear text is in memory-backed storage only, and gone when the editor ends. If nothing changed, nothing is
    written. The key is needed only if something is sealed already.
    """
    from reprisal_cli.cli.editor import bases, offer_again, run_editor
    from reprisal_cli.cli.output import print_findings, say
    from reprisal_cli.protect.vault_edit import Desk, edit_case

    workspace, vault = _open(context)
    case = _case(workspace, case_id)
    again = offer_again(workspace.root)
    done = edit_case(vault, case, Desk(bases(), run_editor, lambda: keys_of(identity), again))
    print_findings(done.found, workspace.root, "text", sys.stderr)
    if done.found:
        say("nothing was written", sys.stderr)
        raise typer.Exit(1)
    say(f"{case.id}: {'sealed anew' if done.changed else 'unchanged, nothing written'}", sys.stdout)


@app.command()
@quiet()
def show(
    context: typer.Context,
    case_id: CaseArgument,
    identity: Identity = None,
    yes_print: Annotated[bool, typer.Option("--yes-print", help="Print into a pipe or a file too.")] = False,
) -> None:
    """Show the sealed identities of a case, on a terminal only."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.vault_files import case_path, open_file, sealed_paths

    _, vault = _open(context)
    path = case_path(case_id)
    if not sys.stdout.isatty() and not yes_print:
        raise ReprisalError("identities are shown on a terminal only", "--yes-print prints them into a pipe or a file")
    sys.stdout.write(open_file(vault, path, keys_of(identity)).decode("utf-8"))
    documents = [one for one in sealed_paths(vault) if one.startswith(path.removesuffix(".age") + "/")]
    if documents:
        say(f"documents: {', '.join(Path(one).name.removesuffix('.age') for one in documents)}")


@app.command()
@quiet()
def put(
    context: typer.Context,
    case_id: CaseArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document as it was received.")],
    name: Annotated[
        str | None, typer.Option("--as", help="Its name in the vault, seen by all.", metavar="NAME")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of one of this name.")] = False,
) -> None:
    """Seal a document beside the identities of a case. No key is needed."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.memory import read_private
    from reprisal_cli.protect.vault_edit import may_show_name, put_document
    from reprisal_cli.protect.vault_files import MOST

    workspace, vault = _open(context)
    case = _case(workspace, case_id)
    if name is None and not may_show_name(case, file.name):
        hint = "the case's own `document`, or say --as NAME with a name that names nobody: everyone sees it"
        raise ReprisalError("this name of a file is not in the case", hint)
    content = read_private(file, MOST - 65536)
    if len(content) > MOST - 65536:
        raise ReprisalError("the document is too large for the vault", f"at most {MOST // 1024**2 - 1} MiB")
    path = put_document(vault, case, name or file.name, content, replace)
    say(f"{vault.show(path)}: sealed. The file that it was made from is still there: delete it", sys.stdout)


@app.command()
@quiet()
def get(
    context: typer.Context,
    case_id: CaseArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The document's name in the vault.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write it.", metavar="FILE")],
    identity: Identity = None,
    yes_disk: Annotated[
        bool, typer.Option("--yes-disk", help="Write it to a disk, where it can be recovered.")
    ] = False,
) -> None:
    """Open a document into a file of your own, outside the workspace; to memory-backed storage, unless told."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.memory import in_memory, write_private
    from reprisal_cli.protect.vault_files import document_path, open_file

    workspace, vault = _open(context)
    target = out.parent.resolve() / out.name
    if target.is_relative_to(workspace.root) or target.is_relative_to(vault.root):
        raise ReprisalError(
            "clear text does not go into the workspace or the vault", "name a place outside: /dev/shm/..."
        )
    if not yes_disk and not in_memory(target.parent):
        raise ReprisalError("this place is not memory-backed", "name one below /dev/shm, or say --yes-disk")
    write_private(target, open_file(vault, document_path(case_id, name), keys_of(identity)))
    say("written; delete it when it has been read", sys.stdout)


@app.command()
@quiet()
def rekey(context: typer.Context, identity: Identity = None) -> None:
    """Seal all files anew to the present recipients.

    If one file does not open, all stay as they are. What earlier recipients copied, git's history among it, they can
    still open.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.protect.recipients import rekey as rekey_all

    workspace, vault = _open(context)
    say(f"{rekey_all(vault, keys_of(identity), workspace.root)} files sealed to the present recipients", sys.stdout)


@app.command()
@quiet()
def check(context: typer.Context, identity: Identity = None, output_format: OutputFormat = "text") -> None:
    """Check the vault against the cases. No key is needed; with one, each file is opened as well.

    Every `sealed` has its file, every file is whole and sealed to the present recipients, and nothing else lies there.
    """
    from reprisal_cli.cli.output import print_findings, say
    from reprisal_cli.diagnostic import has_errors
    from reprisal_cli.protect.vault_check import check_vault
    from reprisal_cli.protect.vault_files import sealed_paths
    from reprisal_cli.store.corpus import load_corpus

    workspace, vault = _open(context)
    corpus, _ = load_corpus(workspace)
    found = check_vault(vault, corpus, keys_if(identity))
    print_findings(found, workspace.root, output_format, sys.stdout)
    say(f"{len(sealed_paths(vault))} sealed files, {corpus.read} cases ({corpus.refused} refused), {len(found)} found")
    if has_errors(found):
        raise typer.Exit(1)


# --- recipients -----------------------------------------------------------------------------------------------------


@people.callback()
def recipients(context: typer.Context) -> None:
    """List those who can open the vault, add one, or take one out."""
    if context.invoked_subcommand is None:
        _list(context)


@quiet()
def _list(context: typer.Context) -> None:
    from reprisal_cli.cli.output import say
    from reprisal_cli.protect.recipients import is_pending, recipients_of

    _, vault = _open(context)
    for one in recipients_of(vault):
        say(one.text, sys.stdout)
    if is_pending(vault):
        say("some files may still be sealed to earlier recipients: `reprisal vault rekey`")


@people.command("list")
def list_recipients(context: typer.Context) -> None:
    """List those who can open the vault."""
    _list(context)


@people.command()
@quiet()
def add(
    context: typer.Context,
    key: Key,
    comment: Annotated[str, typer.Option("--comment", help="Whose key it is.", metavar="TEXT")] = "",
) -> None:
    """Add a recipient. Files that are sealed already open for it after `vault rekey`."""
    from reprisal_cli.protect.recipients import add_recipient

    _, vault = _open(context)
    _say_pending(add_recipient(vault, " ".join(key), comment), "added")


@people.command()
@quiet()
def remove(context: typer.Context, key: Key) -> None:
    """Take a recipient out. It can open what is sealed now until `vault rekey`, and old copies for ever."""
    from reprisal_cli.protect.recipients import remove_recipient

    _, vault = _open(context)
    _say_pending(remove_recipient(vault, " ".join(key)), "taken out")


def _say_pending(count: int, done: str) -> None:
    from reprisal_cli.cli.output import say

    left = f"; {count} files are sealed as before: `reprisal vault rekey`" if count else ""
    say(f"{done}{left}", sys.stdout)


# --- both -----------------------------------------------------------------------------------------------------------


def _open(context: typer.Context) -> tuple[Workspace, Vault]:
    from reprisal_cli.cli.killed import taken_back_in
    from reprisal_cli.protect.vault_files import vault_of
    from reprisal_cli.store.workspace import open_workspace

    workspace, _ = open_workspace(context.obj)
    vault = vault_of(workspace)
    taken_back_in(vault.root)  # it may lie elsewhere
    return workspace, vault


def _case(workspace: Workspace, case_id: str) -> Case:
    """The case of an id. Raises ReprisalError if its file is not there or cannot be read."""
    from reprisal_cli.model.case import Case
    from reprisal_cli.model.values import no_case
    from reprisal_cli.protect.vault_files import case_path
    from reprisal_cli.store.workspace import read_record

    path = f"{workspace.settings.cases}/{case_path(case_id).removesuffix('.age')}.yaml"
    case, _ = read_record(workspace.root, path, Case)
    if case is None or case.id != case_id:
        raise no_case(case_id, "`reprisal validate` says what is wrong")
    return case
