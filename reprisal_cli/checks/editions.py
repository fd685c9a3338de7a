"""RC6: editions. Which of them a case stands in, and whether an edition agrees with itself and with the others.

What is wrong with a manuscript is in `manuscripts.py`; RC601 to RC604 are found when a document is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from reprisal_cli.checks.consent import wholly_public
from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.diagnostic import Severity
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import earlier_reports, in_edition, new_act
from reprisal_cli.model.values import USER_STATES
from reprisal_cli.protect.disclose import NEVER_TOLD
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.root import MARKER


@check("RC610", Severity.WARNING, Stage.PUBLISH)
def case_in_no_edition(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case that may be told stands in an edition.

    What it does: finds a case from cleared on with neither text nor `reports`, of which an act or the receipt lies in
    an edition's period, and which no edition takes in. A case that is drafted or approved is taken in by its dates; if
    they lie in no period, that is said too. Cases that are `already-public` are left alone.

    Why it is bad: no case may vanish in silence: the edition of its period is published without it, and it is too late
    for the next one (resolution 12/2, operative paragraph 14; case format, "Which edition, which place").

    Example:
    ```yaml
    status: answered
    text: REMOVE
    reports: REMOVE
    signoffs: REMOVE
    ```
    Use instead:
    ```yaml
    status: answered
    reports: REMOVE
    signoffs: REMOVE
    ```
    """
    case = file.case
    if case.text or case.reports or case.status in NEVER_TOLD or case.status == "closed" or wholly_public(case):
        return
    if any(in_edition(case, edition) for edition in desk.editions.values()):
        return
    if of_its_time := [edition.id for edition in desk.editions.values() if _of_its_period(file, edition)]:
        yield Finding(
            ("status",),
            f"no edition takes the case in, though it belongs to the period of {' and '.join(of_its_time)}",
            f"write `text: {{{of_its_time[-1]}: …}}` (`reprisal draft`), or withhold the case with a reason",
        )
    elif case.status in ("drafted", "approved"):
        yield Finding(
            ("status",),
            f"the case is {case.status}, and no edition takes it in",
            "write the text under the id of its edition, or date the act or development",
        )


def _of_its_period(file: CaseFile, edition: Edition) -> bool:
    received = file.case.received
    receipt = received is not None and edition.period.first <= received <= edition.period.last
    return receipt or new_act(file.case, edition)


@check("RC611", Severity.WARNING, Stage.PUBLISH)
def follow_up_without_earlier_place(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case that is to be told as follow-up says where it was told before.

    What it does: finds `place: annex-2` in the text of an edition, without an entry of `reports` for an earlier one,
    and the status follow-up in a case that has a text and no entry at all. Where `reports` says that the case was
    printed in annex II of that very edition, it is left alone.

    Why it is bad: annex II opens each case with the sentence made from its history ("The case of … was included in the
    2019 and 2020 reports"), and without the earlier place there is none (report-structure.md, section 4).

    Example:
    ```yaml
    reports: REMOVE
    text:
      hrc-63:
        place: annex-2
        annex: On 10 January 2026, {p1} was reportedly released.
    ```
    Use instead:
    ```yaml
    text:
      hrc-63:
        place: annex-2
        annex: On 10 January 2026, {p1} was reportedly released.
    ```
    """
    case = file.case
    if case.status == "follow-up" and case.text and not case.reports:
        yield Finding(
            ("status",),
            "in follow-up, and `reports` does not say where it was told before",
            "add the earlier place to `reports`: edition and symbol, part and paragraphs if known",
        )
        return
    for edition_id, text in case.text.items():
        edition = desk.editions.get(edition_id)
        if edition is None or text.place != "annex-2" or earlier_reports(case, edition):
            continue
        if not any(entry.edition == edition_id and entry.part == "annex II" for entry in case.reports):
            yield Finding(
                ("text", edition_id, "place"),
                "told as follow-up, and `reports` has no earlier place",
                "add the earlier place to `reports`, or tell the case in annex-1",
            )


@check("RC612", Severity.NOTE)
def sentences_generated(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A drafted case has a text for each edition that it is in.

    What it does: finds an edition that takes in a drafted case by its dates, without a text for it; and a text of any
    case without words, which is a place alone.

    Why it is bad: it is not wrong: sentences are generated from the fields. They hold what the fields hold, and no
    more (case format, "Text").

    Example:
    ```yaml
    status: drafted
    text: REMOVE
    ```
    Use instead:
    ```yaml
    status: drafted
    ```
    """
    if file.case.status == "drafted":
        yield from _without_text(file, desk)
    elif file.case.status != "approved" and file.case.status not in NEVER_TOLD:
        yield from (one for one in _without_text(file, desk) if one.route != ("status",))


@check("RC613", Severity.WARNING, Stage.PUBLISH)
def approved_without_text(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What is approved for an edition is a text.

    What it does: finds an edition that takes in an approved case by its dates, without a text for it.

    Why it is bad: sign-offs bind words, and generated sentences change with every edit of a field: nobody has read
    what will be printed (case format, "Life cycle and its gates").

    Example:
    ```yaml
    status: approved
    text: REMOVE
    ```
    Use instead:
    ```yaml
    status: approved
    ```
    """
    if file.case.status == "approved":
        yield from _without_text(file, desk)


def _without_text(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    case = file.case
    for edition in desk.editions.values():
        text = case.text.get(edition.id) or case.text.get(edition.of or "")
        if (text is None or not (text.main or text.annex)) and in_edition(case, edition):
            yield Finding(
                ("text", edition.id) if edition.id in case.text else ("status",),
                f"the case is in {edition.id} and has no text for it: sentences will be generated",
                "`reprisal draft` writes them into the file as a start",
            )


@check("RC614")
def invented_state_in_final(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An edition marked final tells of no invented State, unless its notice says that it is a demonstration.

    What it does: finds a code that ISO 3166-1 leaves to users (`XXA` to `XXZ`) in a case of an edition with
    `version: final` and without `notice`.

    Why it is bad: such codes are for examples and trials; a final report with one of them is a mistake in public (case
    format, "A whole case").

    Example:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    version: final
    notice: REMOVE
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    version: final
    ```
    """
    case = file.case
    if not any(code in USER_STATES for code in case.states):
        return
    for edition in desk.editions.values():
        if edition.version == "final" and edition.notice is None and in_edition(case, edition):
            yield Finding(
                ("state",),
                f"a code for invented States in {edition.id}, which is marked final",
                "give the edition a `notice`, or take the case out of it",
            )


@check("RC620")
def edition_reference_to_nothing(index: Index, desk: Desk) -> Iterator[Finding]:
    """`previous` and `of` name editions of this workspace, the previous one with an earlier period.

    What it does: looks up both, and compares the periods; and looks up `edition` of reprisal.yaml.

    Why it is bad: places in earlier reports and the text of a copy are found through them, and nothing is built where
    no other edition is named.

    Example:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    previous: hrc-61
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    previous: hrc-60
    ```
    """
    default = desk.settings.edition
    if default is not None and default not in desk.editions and default not in desk.unread:
        hint = f"the editions here are: {', '.join(desk.editions) or 'none'}"
        yield Finding(("edition",), "there is no such edition", hint, MARKER)
    for edition in desk.editions.values():
        for field, name in (("previous", edition.previous), ("of", edition.of)):
            other = desk.editions.get(name or "")
            if name in desk.unread:
                continue
            if name is not None and (other is None or other is edition):
                hint = f"the editions here are: {', '.join(desk.editions)}"
                yield Finding((field,), "there is no such other edition", hint, path_of(edition, desk))
            elif field == "previous" and other is not None and other.period.first >= edition.period.first:
                hint = f"name the edition before {edition.id}"
                yield Finding((field,), f"{other.id} does not come before this edition", hint, path_of(edition, desk))


@check("RC621", Severity.WARNING)
def periods_do_not_meet(index: Index, desk: Desk) -> Iterator[Finding]:
    """The period of an edition starts on the day after the period of the one before it.

    What it does: compares the period of each edition with that of its `previous`, and with those of all others of the
    same body: a day in two periods, or in none between an edition and its `previous`, is told of. Copies (`of`) share
    the period of their original.

    Why it is bad: an act on a day of no period is in no report, and one of two periods is counted twice.

    Example:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    period: 2025-06-01/2026-04-30
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    period: 2025-05-01/2026-04-30
    ```
    """
    own = [edition for edition in desk.editions.values() if edition.of is None]
    for position, edition in enumerate(own):
        for other in own[:position]:
            if other.body == edition.body and other.period.meets(edition.period):
                message = f"some days are also in the period of {other.id}"
                yield Finding(("period",), message, "correct one of the two", path_of(edition, desk))
        before = desk.editions.get(edition.previous or "")
        if before is not None and edition.period.first - before.period.last > timedelta(days=1):
            message = f"some days lie between the period of {before.id} and this one"
            yield Finding(("period",), message, "correct one of the two", path_of(edition, desk))


_SERIES = {"human-rights-council": "hrc", "general-assembly": "ga"}


@check("RC622", Severity.WARNING)
def edition_not_of_its_session(index: Index, desk: Desk) -> Iterator[Finding]:
    """The id of an edition is made of its body and session.

    What it does: compares the id (`hrc-63`, `ga-77`) with `body` and `session`.

    Why it is bad: the order of editions, and so what is an earlier place, goes by the number in the id.

    Example:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    session: 62
    symbol: A/HRC/62/999
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    session: 63
    ```
    """
    for edition in desk.editions.values():
        series, number = edition.id.split("-")[:2]
        if series != _SERIES[edition.body]:
            message = f"the id starts with `{series}`, and the body is {edition.body}"
            hint = f"an id of this body starts with `{_SERIES[edition.body]}-`"
            yield Finding(("id",), message, hint, path_of(edition, desk))
        elif edition.session is not None and edition.session != int(number):
            message = f"the id has the number {int(number)}, and the session is {edition.session}"
            yield Finding(("session",), message, "correct one of the two", path_of(edition, desk))


_SYMBOLS = {
    "human-rights-council": re.compile(r"A/HRC/(\d+)/(?:L\.)?\d+(?:/(?:Add|Corr|Rev)\.\d+)*"),
    "general-assembly": re.compile(r"A/(\d+)/\d+(?:/(?:Add|Corr|Rev)\.\d+)*"),
}


@check("RC623", Severity.WARNING)
def symbol_not_of_the_session(index: Index, desk: Desk) -> Iterator[Finding]:
    """The symbol of an edition is one of its body and session.

    What it does: compares `symbol` with `A/HRC/<session>/<number>` or, for the General Assembly,
    `A/<session>/<number>`; `/Add.`, `/Corr.` and `/Rev.` may follow.

    Why it is bad: the symbol stands on the first page and in every citation, and `already-public` is decided by it.

    Example:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    symbol: A/HRC/62/999
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-63/edition.yaml
    symbol: A/HRC/63/999
    ```
    """
    for edition in desk.editions.values():
        if edition.symbol is None:
            continue
        match = _SYMBOLS[edition.body].fullmatch(edition.symbol)
        if match is None:
            message = f"not the form of a symbol of the {edition.body.replace('-', ' ')}"
            yield Finding(("symbol",), message, "write it as on the document: `A/HRC/45/36`", path_of(edition, desk))
        elif edition.session is not None and int(match[1]) != edition.session:
            message = f"the symbol is of session {int(match[1])}, the edition of session {edition.session}"
            yield Finding(("symbol",), message, "correct one of the two", path_of(edition, desk))


@check("RC624", Severity.WARNING)
def edition_dates_out_of_order(index: Index, desk: Desk) -> Iterator[Finding]:
    """The dates of an edition are in the order in which a report is made.

    What it does: compares the end of the period, the note verbale, the day on which replies are due, and the date of
    the document: the period closes before the document is dated, States are asked before their replies are due, and
    both come before the date of the document.

    Why it is bad: replies are counted as missing from the day on which they are due, and a document that is dated
    before the end of its period cannot tell all of it (operative paragraph 14).

    Example:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    note_verbale: {date: 2025-06-10, reply_due: 2025-06-01}
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    note_verbale: {date: 2025-06-10, reply_due: 2025-08-01}
    ```
    """
    for edition in desk.editions.values():
        path = path_of(edition, desk)
        if edition.date is not None and edition.date < edition.period.last:
            yield Finding(("date",), "dated before the end of the period", "correct one of the two", path)
        note = edition.note_verbale
        if note is None:
            continue
        if note.date is not None and note.reply_due is not None and note.reply_due < note.date:
            message = "replies are due before States are asked"
            yield Finding(("note_verbale", "reply_due"), message, "correct one of the two days", path)
        for field, day in (("date", note.date), ("reply_due", note.reply_due)):
            if day is not None and edition.date is not None and day > edition.date:
                message = "this day comes after the date of the document"
                yield Finding(("note_verbale", field), message, "correct one of the two days", path)


@check("RC625")
def order_of_another_state(index: Index, desk: Desk) -> Iterator[Finding]:
    """`order` names cases of the State under which it names them.

    What it does: looks up each case of `order`, and whether the State is its `state`.

    Why it is bad: the entry has no effect, and the case stands where it should not.

    Example:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    order: {XXB: [XXA-2025-001]}
    ```
    Use instead:
    ```yaml
    # file: templates/editions/hrc-60/edition.yaml
    order: {XXA: [XXA-2025-001]}
    ```
    """
    for edition in desk.editions.values():
        for state, cases in edition.order.items():
            for position, name in enumerate(cases):
                entry = index.by_id.get(name)
                if entry is None or entry.state != state:
                    message = "there is no such case" if entry is None else f"the case is told under {entry.state}"
                    route = ("order", state, position)
                    yield Finding(route, message, "correct the id, or move the entry", path_of(edition, desk))


def path_of(edition: Edition, desk: Desk) -> str:
    """The file of an edition."""
    return f"{desk.settings.templates}/editions/{edition.id}/edition.yaml"


CASE = (
    case_in_no_edition,
    follow_up_without_earlier_place,
    sentences_generated,
    approved_without_text,
    invented_state_in_final,
)
INDEX = (
    edition_reference_to_nothing,
    periods_do_not_meet,
    edition_not_of_its_session,
    symbol_not_of_the_session,
    edition_dates_out_of_order,
    order_of_another_state,
)
