"""`reprisal case respond`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.identity import quiet
from reprisal_cli.cli.options import AsOf, TextOrJson, day
from reprisal_cli.protect.hidden import Hidden

if TYPE_CHECKING:
    from datetime import date

    from reprisal_cli.model.action import UnAction
    from reprisal_cli.pipeline.case_respond import Reply
    from reprisal_cli.pipeline.casework import Casework
    from reprisal_cli.protect.received import Received


@quiet()
def respond(
    context: typer.Context,
    case_ids: Annotated[
        list[str], typer.Argument(metavar="CASE...", help="The case; then others that the same reply covers.")
    ],
    state: Annotated[
        str | None, typer.Option("--state", help="The State that replied; else the case's.", metavar="CODE")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="What it answers: u1, or a number as EGY 4/2020.", metavar="ACTION")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="The day of the reply; else the one found in it.", metavar="DATE")
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", help="The document as received: docx, odt, pdf, txt.", metavar="FILE")
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", help="Its name in the vault, seen by all; else State and day.", metavar="NAME")
    ] = None,
    summary: Annotated[
        str | None, typer.Option("--summary", help="The clause after `stating that`.", metavar="TEXT")
    ] = None,
    summary_paras: Annotated[
        str | None,
        typer.Option("--summary-paras", help="Take these paragraphs of the document as it: 3, 3-5.", metavar="NUMBERS"),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Show the document's paragraphs with their numbers, on a terminal only.")
    ] = False,
    kinds: Annotated[
        str | None,
        typer.Option("--kinds", help="What it says, commas between: rejects-allegation.", metavar="WORDS"),
    ] = None,
    addresses_reprisal: Annotated[
        str | None,
        typer.Option("--addresses-reprisal", help="Of the allegation: yes, partly, no or unclear.", metavar="WORD"),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="Of the reply as received: fr.", metavar="CODE")
    ] = None,
    persons: Annotated[
        str | None, typer.Option("--persons", help="Whom it concerns, commas between; all if left out.", metavar="REFS")
    ] = None,
    none_as_of: Annotated[
        str | None,
        typer.Option("--none-as-of", help="No reply had come by this day, or by an edition's.", metavar="DATE|EDITION"),
    ] = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Put a State's reply into a case, or that there was none.

    The document goes into the vault as it was received; its date is proposed. No word of it goes into the case by
    itself: the summary is written by you (--summary), or chosen by you (--summary-paras, after a look with --show).
    """
    from reprisal_cli.cli.output import form_of
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.case_develop import word
    from reprisal_cli.pipeline.case_respond import Reply
    from reprisal_cli.pipeline.casework import open_casework

    form_of(output_format)
    if none_as_of is not None and (from_ or date or summary or kinds):
        raise ReprisalError("--none-as-of says that there was no reply", "leave out what is about one")
    if from_ is None and (show or summary_paras or as_):
        raise ReprisalError("there is no document to look at", "name it: --from FILE")
    if from_ is None and not (none_as_of or date or summary):
        raise ReprisalError("neither a date nor a summary is given", "--date, --summary, --from or --none-as-of")
    work = open_casework(context.obj, day(as_of) or today())
    reply = Reply(
        state=word("states", state, "--state") or work.file(case_ids[0]).case.state,
        to=to,
        persons=_parts(persons),
        date=date,
        none_as_of=none_as_of,
        kinds=[word("response-kinds", one, "--kinds") or "" for one in _parts(kinds)],
        addresses=word("addresses", addresses_reprisal, "--addresses-reprisal"),
        language=language,
        summary=summary,
    )
    if from_ is None:
        _put_in(work, case_ids, reply if none_as_of else _weighed(reply), output_format)
        return
    content, received = _document(from_)
    if show:
        _show(received)
    else:
        _put_in_with(work, case_ids, reply, _Document(content, received, as_, summary_paras), output_format)


class _Document(Hidden, frozen=True):
    """A document as received: its bytes, what was taken out of it, what it is to be called, and which of its paragraphs
    are the summary."""

    content: bytes
    received: Received
    name: str | None
    chosen: str | None


def _put_in(work: Casework, case_ids: list[str], reply: Reply, form: str) -> None:
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.pipeline.case_respond import respond

    finish(respond(work, case_ids, reply), form=form)


def _put_in_with(work: Casework, case_ids: list[str], reply: Reply, document: _Document, form: str) -> None:
    """The reply into the case and its document into the vault; nothing at all if something stands against it."""
    from reprisal_cli.cli.changes import finish, refuse
    from reprisal_cli.pipeline.case_develop import next_ref
    from reprisal_cli.pipeline.case_respond import action_answered, document_name, kept, respond, vault_is_there

    vault_is_there(work)
    case, received = work.file(case_ids[0]).case, document.received
    answered = action_answered(case, reply.state, reply.to)
    reply = replace(reply, date=reply.date or _date(received, answered, work.desk.as_of))
    reply = _weighed(replace(reply, summary=_summary(received, reply.summary, document.chosen)))
    name = document.name or document_name(work, case.id, reply.state, reply.date, answered, received.ending)
    change = respond(work, case_ids, reply, name)
    refuse(change, form)
    with kept(work, case.id, name, document.content) as (place, beside):
        told = [f"{place}: sealed as it was received. The file that it was made from is still there: delete it"]
        if reply.summary is None:
            ref = next_ref(case, "responses")
            told.append(f"no summary yet: `reprisal case set {case.id} responses.{ref}.summary=TEXT`, or in the file")
        if beside.elsewhere:
            told.append(f"{place} belongs to the repository of the vault: commit it there")
        finish(replace(change, done=(*told, *change.done)), beside.files, beside=beside, form=form)


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _document(file: Path) -> tuple[bytes, Received]:
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.memory import read_private
    from reprisal_cli.protect.received import read_received
    from reprisal_cli.protect.vault_files import MOST

    content = read_private(file, MOST - 65536)
    if len(content) > MOST - 65536:
        raise ReprisalError("the document is too large for the vault", f"at most {MOST // 1024**2 - 1} MiB")
    if not content.strip():
        raise ReprisalError("the document is empty", "is this the file that was received?")
    received = read_received(file.name, content)
    for unread in received.unread:
        say(f"not read: {unread.place}: {unread.why}")
    if not received.paragraphs:
        say("no text could be taken out of the document: it is kept all the same, say its --date")
    return content, received


def _show(received: Received) -> None:
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError

    if not sys.stdout.isatty():
        raise ReprisalError("what a State wrote is shown on a terminal only", "a reply often names people")
    for number, text in enumerate(received.paragraphs, 1):
        say(f"{number:>4}  {text}", sys.stdout)


def _date(received: Received, answered: UnAction | None, now: date) -> str | None:
    """The day of the reply: the one that is found in it, or on a terminal the answer to that proposal."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.case_respond import proposed_dates

    found = proposed_dates(received, answered, now)
    if sys.stdin.isatty():
        return str(typer.prompt("Day of the reply", default=f"{found[0]}" if found else None, err=True)).strip()
    if not found:
        raise ReprisalError("no date is found in the document", "say --date, as 2025-04-25")
    others = f"; other days in it: {', '.join(map(str, found[1:6]))}" if found[1:] else ""
    say(f"the reply is dated {found[0]}, as found in it{others}. If that is wrong: --date")
    return f"{found[0]}"


def _summary(received: Received, given: str | None, chosen: str | None) -> str | None:
    """The summary: given, chosen among the paragraphs, or on a terminal asked for, after a look if that is wanted."""
    if given is not None:
        return given
    if chosen is not None:
        return _chosen(received, chosen)
    if not sys.stdin.isatty():
        return None
    if sys.stdout.isatty() and typer.confirm("Show the text of the reply here?", default=False, err=True):
        _show(received)
    written = typer.prompt(
        "Summary, the clause after `stating that` (empty: later)", default="", show_default=False, err=True
    )
    return str(written).strip() or None


def _weighed(reply: Reply) -> Reply:
    """The reply with whether it speaks to the reprisal, which is asked on a terminal."""
    from reprisal_cli.cli.changes import answer
    from reprisal_cli.pipeline.case_develop import word

    if reply.addresses is not None or not sys.stdin.isatty():
        return reply
    question = "Does it address the alleged reprisal (yes, partly, no, unclear; empty: later)"
    given = answer(question, lambda text: word("addresses", text or None, "--addresses-reprisal"), default="")
    return replace(reply, addresses=given or None)


def _chosen(received: Received, numbers: str) -> str:
    from reprisal_cli.diagnostic import ReprisalError

    first, _, last = numbers.partition("-")
    try:
        start, end = int(first), int(last or first)
    except ValueError:
        raise ReprisalError("--summary-paras takes numbers", "3, or 3-5; --show shows them") from None
    if not 1 <= start <= end <= len(received.paragraphs):
        raise ReprisalError(
            "there are no such paragraphs", f"the document has {len(received.paragraphs)}; --show shows them"
        )
    return " ".join(received.paragraphs[start - 1 : end])
